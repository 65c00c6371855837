import { dispatch, onAction } from '../elements/actions.js';
import { EmojiPickerElement } from '../elements/emoji-picker.js';
import { usedLately } from '../model/emoji.js';
import { isMine } from '../model/reactions.js';
import { client, element, navigation, settings } from './app.js';

const picker = () => element('warung-emoji');
let loading = null;
/** The seq of the message that the emoji is for; null: it is for the text in the composer. */
let target = null;

/** Starts the choice of an emoji: for a reaction, or for the text. */
export function startPicker() {
    customElements.define('warung-emoji', EmojiPickerElement);
    onAction('pick', open);
    onAction('picked', picked);
    onAction('tone', (tone) => (settings.tone = tone));
    navigation.on('moved', ({ left }) => left !== navigation.room && picker().close());
}

async function open({ row, box }) {
    target = row?.entry.seq ?? null;
    picker().show({ box, recent: settings.recentEmoji, tone: settings.tone });
    loading ??= load();
    picker().text = await loading;
}

/** Loads the emoji and their names; null if that fails: then the next opening tries again. */
async function load() {
    try {
        const answer = await fetch(new URL('../../emoji/emoji.txt', import.meta.url));
        if (answer.ok) return await answer.text();
        console.warn(`The emoji could not be loaded: ${answer.status}.`);
    } catch (fault) {
        console.warn('The emoji could not be loaded.', fault);
    }
    loading = null;
    return null;
}

function picked(emoji) {
    picker().close();
    settings.recentEmoji = usedLately(settings.recentEmoji, emoji);
    if (target == null) element('warung-composer').put(emoji);
    else react(emoji);
}

/** Reacts so to the message; if the user has already done that, takes it back. */
function react(emoji) {
    const { timeline } = navigation.room;
    const kinds = timeline.at(target)?.reactions ?? [];
    const mine = isMine(
        kinds.find((kind) => kind.emoji === emoji),
        client.user?.id,
    );
    dispatch(document.body, 'react', { seq: target, emoji, on: !mine });
}
