const NOTES = [660, 880];
const NOTE_SECONDS = 0.09;

let context = null;

/** Two short soft notes. */
export function blip() {
    context ??= new AudioContext();
    context.resume();
    NOTES.forEach((hertz, i) => play(hertz, context.currentTime + i * NOTE_SECONDS));
}

function play(hertz, at) {
    const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 2 * NOTE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 2 * NOTE_SECONDS);
}
