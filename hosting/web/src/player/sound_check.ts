/** Three notes, to hear whether sound comes out. */

const NOTES = [523.25, 659.25, 783.99];
const LENGTH_S = 0.32;

export function playNotes(): void {
  const context = new AudioContext();
  NOTES.forEach((frequency, index) => {
    const begin = context.currentTime + 0.05 + index * LENGTH_S;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(0.2, begin + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + LENGTH_S);
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(gain).connect(context.destination);
    note.start(begin);
    note.stop(begin + LENGTH_S);
    if (index === NOTES.length - 1) note.onended = () => void context.close();
  });
}
