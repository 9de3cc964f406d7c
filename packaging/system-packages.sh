#!/bin/sh
# Brings the system libraries that Qt, the virtual screen and the keyring test need.
# Debian and its kin, as root: installs what is missing. Elsewhere: says the exact command, or nothing when all is there.
set -eu
qt="libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 \
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
tests="xvfb xauth xdotool openbox chromium gnome-keyring dbus-daemon fonts-inter"
wanted="$qt"
[ "${1:-}" = "--tests" ] && wanted="$qt $tests"

if ! command -v dpkg-query >/dev/null 2>&1; then
  # Not a Debian-like system: Windows and macOS bring all that Qt needs; other Linux systems name their packages otherwise.
  [ "$(uname -s)" = Linux ] && echo "Qt needs the libraries that Debian calls: $wanted" >&2
  exit 0
fi
missing=""
for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "System libraries are missing. Run this once, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends -y$missing" >&2
  exit 1
fi
echo "Installing system libraries:$missing"
export DEBIAN_FRONTEND=noninteractive
# A fresh machine has no package lists yet, or old ones.
apt-get update -qq
# shellcheck disable=SC2086
apt-get install --no-install-recommends -y -qq $missing >/dev/null
