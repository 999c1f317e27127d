#!/bin/sh
# Find Chromium, or install Debian's package where that needs no password; say so where it cannot be had.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests (Debian's package, once)"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=200 update -qq &&
        apt-get -o DPkg::Lock::Timeout=200 install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null && exit 0
fi
echo "NO CHROMIUM: the browser tests cannot run here and are SKIPPED. Install the package 'chromium' to run them." >&2
exit 0
