// The page works without this. It sends what the guest would send by a press of the button, and counts down until another code may be asked for.
"use strict";
const handOver = document.querySelector("form[data-submit]");
if (handOver) {
  handOver.submit();
}
const resend = document.querySelector("button[data-wait]");
if (resend) {
  const said = resend.textContent;
  const until = Date.now() + Number(resend.dataset.wait) * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    resend.disabled = left > 0;
    resend.textContent = left > 0 ? resend.dataset.text.replace("{seconds}", left) : said;
    if (left > 0) {
      setTimeout(tick, 250);
    }
  };
  tick();
}
