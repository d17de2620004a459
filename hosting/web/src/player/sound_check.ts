/** A test sound of three notes. */

const FREQUENCIES = [523.25, 659.25, 783.99];
const NOTE_LENGTH_S = 0.32;

/** Play three notes, so that attendees can check their sound; must be called inside a click. */
export function playTestSound(): void {
  const context = new AudioContext();
  FREQUENCIES.forEach((frequency, index) => {
    const startsAt = context.currentTime + 0.05 + index * NOTE_LENGTH_S;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, startsAt);
    gain.gain.linearRampToValueAtTime(0.2, startsAt + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, startsAt + NOTE_LENGTH_S);
    const oscillator = context.createOscillator();
    oscillator.frequency.value = frequency;
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(startsAt);
    oscillator.stop(startsAt + NOTE_LENGTH_S);
    if (index === FREQUENCIES.length - 1) oscillator.onended = () => void context.close();
  });
}
