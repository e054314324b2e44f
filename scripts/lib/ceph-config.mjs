/** A key that the gateway holds itself, to try encryption by S3_SSE=aws:kms. */
export const KMS_KEY_ID = 'driftboard-test-key'

/**
 * The configuration of the smallest cluster that speaks S3: one monitor, one storage daemon, one gateway.
 * @param {string} folder
 * @param {{ fsid: string, monitor: number, gateway: number, kmsKey: string }} own
 */
export function cephConfiguration(folder, { fsid, monitor, gateway, kmsKey }) {
  return `[global]
fsid = ${fsid}
mon_host = [v2:127.0.0.1:${monitor}]
mon_initial_members = a
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
# Nobody else is on this loopback cluster. Without keys nothing may ask for encryption either.
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_mon_client_mode = crc
keyring = ${folder}/keyring
run_dir = ${folder}/run
admin_socket = ${folder}/run/$name.$pid.asok
log_file = /dev/null
mon_cluster_log_file = /dev/null
crash_dir = ${folder}/run
setuser_match_path =
# One copy of everything, on one daemon.
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 2000

[mon.a]
host = localhost
mon_data = ${folder}/mon
# However full the disk is: nothing of this lies on it.
mon_data_avail_crit = 1

[osd.0]
osd_data = ${folder}/osd
osd_objectstore = memstore
# Bytes. All that the suites hold at a time is far less.
memstore_device_bytes = 4294967296
osd_class_load_list = *
osd_class_default_list = *

[client.rgw]
ms_mon_client_mode = crc
rgw_frontends = beast endpoint=127.0.0.1:${gateway}
rgw_data = ${folder}/rgw
rgw_crypt_require_ssl = false
rgw_crypt_s3_kms_backend = testing
rgw_crypt_s3_kms_encryption_keys = ${KMS_KEY_ID}=${kmsKey}
`
}
