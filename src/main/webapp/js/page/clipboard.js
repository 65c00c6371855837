/** Puts the text on the clipboard; resolves with true if the browser allows that. */
export async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return copiedByCommand(text); // over plain http, there is no other way
    }
}

function copiedByCommand(text) {
    let copied = false;
    const copy = (event) => {
        event.clipboardData.setData('text/plain', text);
        event.preventDefault();
        event.stopImmediatePropagation();
        copied = true;
    };
    addEventListener('copy', copy, { capture: true });
    document.execCommand('copy');
    removeEventListener('copy', copy, { capture: true });
    return copied;
}
