/** The text as it is compared: case, accents and width make no difference. */
export function fold(text) {
    return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}
