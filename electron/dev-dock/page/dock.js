const CHOICES = {
  network: ['Line to central', ['plugged', 'unplugged']],
  printer: ['Printer cable', ['plugged', 'unplugged']],
  paper: ['Printer paper', ['in', 'out']],
  disk: ['Disk', ['free', 'full']],
  idReader: ['Reader of document chips', ['plugged', 'unplugged']],
  idCard: [
    'Sample document on the reader',
    ['none', 'jiro', 'jiro-variant', 'jiro-moved', 'jiro-licence', 'taro', 'damaged'],
  ],
};
const form = document.querySelector('#dock');
const said = document.querySelector('#said');

async function change(next) {
  const answer = await fetch('state', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(next),
  });
  said.textContent = answer.ok ? `Now: ${JSON.stringify(await answer.json())}` : 'Refused';
}

const state = await (await fetch('state')).json();
for (const [name, [title, values]] of Object.entries(CHOICES)) {
  const group = form.appendChild(document.createElement('fieldset'));
  group.appendChild(document.createElement('legend')).textContent = title;
  for (const value of values) {
    const label = group.appendChild(document.createElement('label'));
    const radio = label.appendChild(document.createElement('input'));
    Object.assign(radio, { type: 'radio', name, value, checked: state[name] === value });
    radio.addEventListener('change', () => change({ [name]: value }));
    label.append(` ${value}`);
  }
}
const clock = form.appendChild(document.createElement('fieldset'));
clock.appendChild(document.createElement('legend')).textContent = 'Business clock, minutes ahead';
const label = clock.appendChild(document.createElement('label'));
label.append('Minutes ');
const minutes = label.appendChild(document.createElement('input'));
Object.assign(minutes, { type: 'number', value: state.clockMinutes });
minutes.addEventListener('change', () => change({ clockMinutes: Number(minutes.value) }));
document.querySelector('#end').addEventListener('click', async () => {
  await fetch('end-session', { method: 'POST' });
  said.textContent = 'The session was ended';
});
