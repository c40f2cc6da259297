/* Says beside each time that is typed on the newsroom's clock what it is in UTC. */

function offsetMinutes(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  }).formatToParts(moment);
  const part = (type) => Number(parts.find((each) => each.type === type).value);
  const there = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return Math.round((there - moment.getTime()) / 60000);
}

function inUtc(typed, zone) {
  const asIfUtc = new Date(`${typed}Z`);
  if (Number.isNaN(asIfUtc.getTime())) return "";
  const guess = new Date(asIfUtc.getTime() - offsetMinutes(asIfUtc, zone) * 60000);
  // Again at the moment found, since the clocks may change between the two.
  const moment = new Date(asIfUtc.getTime() - offsetMinutes(guess, zone) * 60000);
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC", weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(moment);
}

for (const form of document.querySelectorAll("form[data-time-zone]")) {
  for (const field of form.querySelectorAll("input[type='datetime-local']")) {
    const line = document.createElement("output");
    line.className = "in-utc";
    line.htmlFor = field.id;
    field.after(line);
    const say = () => {
      const utc = inUtc(field.value, form.dataset.timeZone);
      line.textContent = utc && `${utc} UTC`;
    };
    field.addEventListener("input", say);
    say();
  }
}
