// Runs before the first paint, so that a chosen theme does not flash the other one. The key is THEME_KEY of
// app/model/theme.ts; a strict content security policy allows no inline script, hence a file.
try {
  const theme = localStorage.getItem('driftboard:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is switched off: the system's theme stays.
}
