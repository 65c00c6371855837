import { mentionAt } from './mentions.js';
import { fold } from './text.js';

/** An emoji; there is none in `10:30`, in `http:`, or after the full-width colon inside a Chinese sentence. */
const FACE = /(?:(?<![\w:]):|(?<!\S)：)([a-z0-9_+-]{2,20}|\p{Script=Han}{1,4})$/iu;
const CLOSED = /(?<![\w:]):([a-z0-9_+-]{2,20}):$/i;
const LONGEST = 40;

/** Returns what precedes the caret and can be completed, `{type: 'person' | 'emoji', word, from}`, or null. */
export function wantedAt(text, caret) {
    const face = FACE.exec(text.slice(Math.max(0, caret - LONGEST), caret));
    if (face) return { type: 'emoji', word: face[1], from: caret - face[0].length };
    const person = mentionAt(text, caret);
    return person && { type: 'person', ...person };
}

/** Returns the `:name:` that was just closed before the caret, `{word, from}`, or null. */
export function closedAt(text, caret) {
    const found = CLOSED.exec(text.slice(Math.max(0, caret - LONGEST), caret));
    return found && { word: found[1].toLowerCase(), from: caret - found[0].length };
}

/** Each emoji with its names, the main name first. */
const TABLE = `😄 smile happy 笑 开心
😂 joy laugh 笑哭
🙂 slight_smile 微笑
😉 wink 眨眼
😊 blush 害羞 脸红
😍 heart_eyes love 花痴 喜欢
😋 yum 好吃 馋
😎 cool sunglasses 酷
🤔 thinking hmm 思考 想
😴 sleeping 睡 困
😅 sweat_smile 汗 尴尬
😢 cry sad 哭 难过
😭 sob 大哭
😡 angry 生气 怒
😱 scream 惊恐
🥳 party 庆祝
🤝 handshake 握手 合作
👍 thumbsup +1 yes 赞 好
👎 thumbsdown -1 no 踩
👌 ok_hand ok 没问题
👏 clap 鼓掌
🙏 pray thanks please 谢谢 拜托
💪 muscle strong 加油 强
👋 wave hello bye 你好 再见
👀 eyes look 看
🤷 shrug 不知道
🤦 facepalm 捂脸
❤️ heart 心 爱
🔥 fire hot 火
🎉 tada 恭喜 撒花
🎂 cake birthday 生日 蛋糕
💯 100 满分
✅ check done 完成
❌ cross wrong 错
⚠️ warning 警告
💡 idea bulb 主意
🚀 rocket 火箭
🐛 bug 虫
☕ coffee kopi 咖啡
🍵 tea teh 茶
🍜 noodles mie 面
🌶️ chili spicy 辣
🍻 cheers beer 干杯 啤酒
🌙 moon night 月亮 晚安`;

const EMOJI = TABLE.split('\n').map((line) => {
    const [emoji, ...names] = line.split(' ');
    return { emoji, name: names[0], names };
});

const MOST = 8;

/**
 * Returns up to `most` emoji with a name that starts with `word`, `{emoji, name}`: those whose main name it is come
 * first.
 */
export function emojiFor(word, most) {
    const begin = fold(word);
    const begins = (name) => name.startsWith(begin);
    const [first, others] = [
        EMOJI.filter(({ name }) => begins(name)),
        EMOJI.filter(({ name, names }) => !begins(name) && names.some(begins)),
    ];
    return [...first, ...others].slice(0, most ?? MOST);
}

/** Returns the emoji with exactly this name, or null. */
export function emojiNamed(name) {
    return EMOJI.find(({ names }) => names.includes(name))?.emoji ?? null;
}
