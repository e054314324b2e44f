// Runs before the first paint, so that a chosen theme does not flash the other one. The keys are those of
// app/model/theme.ts; a strict content security policy allows no inline script, hence a file.
try {
  const theme = localStorage.getItem('driftboard:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const wantsMore = matchMedia('(prefers-contrast: more)').matches
  if (wantsMore || localStorage.getItem('driftboard:contrast') === 'more')
    document.documentElement.dataset.contrast = 'more'
} catch {
  // Storage is switched off: the system's theme stays.
}
