// Small comforts. Every page works without this file.
(() => {
  'use strict'

  // The second clock: tell the server this device's zone, for the next page.
  if (!/(^|; )(__Host-)?tz=/.test(document.cookie)) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (zone && /^[\w+\-/]{1,64}$/.test(zone)) {
      document.cookie = '__Host-tz=' + zone + '; path=/; secure; samesite=lax; max-age=31536000'
    }
  }

  // A button beside a number that copies it; the number itself can always be selected.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll('button[data-copy]')) {
      button.hidden = false
      const words = button.textContent
      button.addEventListener('click', async () => {
        try {
          await navigator.clipboard.writeText(button.dataset.copy)
        } catch {
          return // the browser refused: the number can still be selected
        }
        button.textContent = button.dataset.done
        setTimeout(() => { button.textContent = words }, 2000)
      })
    }
  }

  // The box for numbers grows with what is pasted.
  for (const box of document.querySelectorAll('textarea[data-grows]')) {
    const fit = () => {
      box.rows = Math.min(12, Math.max(Number(box.dataset.grows), box.value.split('\n').length))
    }
    box.addEventListener('input', fit)
    fit()
  }
})()
