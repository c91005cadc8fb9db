#!/bin/sh
# Makes a Debian machine with the madoguchi package a kiosk. Run it again after an update: it keeps settings and key.
#   sudo /opt/Madoguchi/kiosk/install.sh --central https://central.example [--printer ADDRESS] [--mode MODE] [--rotate N]
set -eu

here=$(dirname "$(readlink -f "$0")")
# Packagers and tests install into a folder; nothing of the running machine is touched then.
root=${DESTDIR:-}
state=$root/var/lib/madoguchi
etc=$root/etc/madoguchi
cage=$root/usr/bin/cage

fail() {
  echo "install.sh: $1" >&2
  exit 2
}

central='' printer=/dev/madoguchi-printer mode=self-service rotate=keep
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || fail "$1 needs a value"
  case $1 in
    --central) central=$2 ;;
    --printer) printer=$2 ;;
    --mode) mode=$2 ;;
    --rotate) rotate=$2 ;;
    *) fail "unknown option $1: --central, --printer, --mode, --rotate" ;;
  esac
  shift 2
done
case $central in
  https://*) ;;
  '') [ -e "$state/settings.json" ] || fail '--central https://… is needed the first time' ;;
  *) fail '--central: an https address is needed' ;;
esac
case $printer in /* | tcp://*) ;; *) fail '--printer: tcp://HOST:PORT or a device file' ;; esac
case $mode in self-service | staff) ;; *) fail '--mode: self-service or staff' ;; esac
case "$central$printer" in *[\"\\]*) fail 'addresses have neither quotes nor backslashes' ;; esac
case $rotate in
  0 | keep) rotation='' ;;
  1) rotation='-r' ;;
  2) rotation='-r -r' ;;
  3) rotation='-r -r -r' ;;
  *) fail '--rotate: quarter turns clockwise, 0 to 3' ;;
esac
if [ -z "$root" ]; then
  [ "$(id -u)" = 0 ] || fail 'run it as root'
  [ -x /opt/Madoguchi/madoguchi ] || fail 'the madoguchi package is not installed'
  command -v seatd >/dev/null || fail 'seatd is not installed: apt install seatd'
  [ -x "$cage" ] || fail 'cage is not installed: apt install cage'
fi
# Newer ones end at once on an option that they don't know.
if [ -n "$rotation" ] && [ -x "$cage" ] && ! "$cage" -h 2>&1 | grep -q '^ *-r'; then
  fail '--rotate: this cage has no -r; that of Debian 12 has it'
fi

install -D -m 644 "$here/sysusers.conf" "$root/etc/sysusers.d/madoguchi.conf"
install -D -m 644 "$here/70-madoguchi-printer.rules" "$root/etc/udev/rules.d/70-madoguchi-printer.rules"
install -D -m 644 "$here/logind.conf" "$root/etc/systemd/logind.conf.d/madoguchi.conf"
install -D -m 644 "$here/sysctl.conf" "$root/etc/sysctl.d/90-madoguchi.conf"
install -D -m 644 "$here/madoguchi.service" "$root/etc/systemd/system/madoguchi.service"
# Of earlier versions; nothing reads it any more.
rm -f "$root/etc/pam.d/madoguchi"
install -d -m 700 "$etc" "$state"
if [ ! -e "$etc/kiosk.env" ] || [ "$rotate" != keep ]; then
  printf 'CAGE_OPTIONS=%s\nXKB_DEFAULT_LAYOUT=jp\n' "$rotation" >"$etc/kiosk.env"
fi
if [ ! -e "$state/settings.json" ]; then
  (
    umask 077
    printf '{\n  "central": "%s",\n  "printer": "%s",\n  "mode": "%s"\n}\n' "$central" "$printer" "$mode" \
      >"$state/settings.json"
  )
fi
[ -z "$root" ] || exit 0

systemd-sysusers /etc/sysusers.d/madoguchi.conf
chown -R madoguchi:madoguchi "$state"
# Never a second key: what waits in the queue could not be read any more.
if [ ! -e "$etc/terminal-key.cred" ]; then
  # One that this machine used before it was a kiosk goes on being used.
  if [ -s "$state/terminal.key" ]; then cat "$state/terminal.key"; else head -c 32 /dev/urandom; fi |
    # Sealed to the TPM where there is one, without PCRs: a new firmware must not lock the queue.
    systemd-creds encrypt --name=terminal-key --with-key=auto --tpm2-pcrs= - "$etc/terminal-key.cred.new"
  mv "$etc/terminal-key.cred.new" "$etc/terminal-key.cred"
  rm -f "$state/terminal.key"
fi
udevadm control --reload
udevadm trigger --subsystem-match=usbmisc
sysctl --quiet --load=/etc/sysctl.d/90-madoguchi.conf
systemctl daemon-reload
systemctl mask --now sleep.target suspend.target hibernate.target hybrid-sleep.target ctrl-alt-del.target
systemctl set-default graphical.target
systemctl enable madoguchi.service
echo 'Done. Restart the machine: it comes up with the terminal.'
