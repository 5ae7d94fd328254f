// Saves the file once: a rerun that shows the same delivery again does not download it again.
const given = (window.flareboardGiven = window.flareboardGiven ?? new Set());

export default function ({ data: [data], parentElement }) {
  if (given.has(data.number)) return;
  given.add(data.number);
  const bytes = Uint8Array.from(atob(data.content), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: data.type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = data.name;
  parentElement.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
