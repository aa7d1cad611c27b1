// The interview's clock: it can be paused, extended and put off, and speaks at half-time and for the
// last minute only.

function makeClock(minutes, tick) {
  let left = minutes * 60000;
  let half = left / 2;
  let since = Date.now();
  let timer = null;

  function update() {
    const before = left;
    left -= Date.now() - since;
    since = Date.now();
    if (before > half && left <= half) say(word('half-time', { left: asTime(left) }));
    if (before > 60000 && left <= 60000 && half > 60000) say(word('last-minute'));
    tick(left);
  }
  return {
    get isRunning() { return timer !== null; },
    run() {
      if (timer !== null) return;
      since = Date.now();
      timer = setInterval(update, 250);
      tick(left);
    },
    pause() {
      if (timer !== null) update();
      clearInterval(timer);
      timer = null;
    },
    extend(more) {
      left += more * 60000;
      half = Math.min(half, left / 2);
      tick(left);
    },
  };
}

function asTime(milliseconds) {
  const seconds = Math.ceil(Math.abs(milliseconds) / 1000);
  const sign = milliseconds <= -1000 ? '−' : '';
  return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
