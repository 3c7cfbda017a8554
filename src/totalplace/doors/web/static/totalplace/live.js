// Counts again as amounts are typed: the form is sent, and one part of the page takes what comes
// back. Without it, the button of the form does the same.
const form = document.querySelector("form[data-live]");

if (form) {
  const part = document.getElementById(form.dataset.live);
  const status = document.getElementById(form.dataset.status);
  let timer;
  let asked;

  const count = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Part": part.id },
        signal: asked.signal,
      });
      if (!answer.ok || answer.redirected) return; // the button will say why
      part.innerHTML = await answer.text(); // ours, every text in it escaped
      status.textContent = part.querySelector("[data-said]")?.textContent ?? "";
    } catch (error) {
      if (error.name !== "AbortError") return; // no connection: the button will say so
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(count, 300);
  });
}
