// Passkeys: makes one, shows one, signs in with one. A form says which by data-passkey, and is sent with what the
// browser's own dialogue gave. Without the browser's help the buttons stay hidden, and codes and passwords do.

const canPasskeys = "credentials" in navigator && typeof window.PublicKeyCredential === "function";

function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const readable = (list) => (list ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));

async function make({ publicKey }, isAlone) {
  const wanted = {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
    excludeCredentials: readable(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection,
      residentKey: isAlone ? "required" : "discouraged",
      requireResidentKey: isAlone,
      userVerification: isAlone ? "required" : "preferred",
    },
  };
  const made = await navigator.credentials.create({ publicKey: wanted });
  return described(made, {
    attestationObject: textOf(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function show({ publicKey }) {
  const wanted = {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    allowCredentials: readable(publicKey.allowCredentials),
  };
  const shown = await navigator.credentials.get({ publicKey: wanted });
  const { authenticatorData, signature, userHandle } = shown.response;
  return described(shown, {
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: userHandle ? textOf(userHandle) : null,
  });
}

function described(credential, response) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: textOf(credential.rawId),
    response: { clientDataJSON: textOf(credential.response.clientDataJSON), ...response },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function optionsOnPage() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

async function optionsOfSignIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server said ${answer.status}.`);
  return (await answer.json()).request_options;
}

const WAYS = {
  make: (form) => make(optionsOnPage().creation_options, form.elements.passwordless.checked),
  show: () => show(optionsOnPage().request_options),
  "sign-in": async (form) => show(await optionsOfSignIn(form)),
};

const SAID = {
  NotAllowedError: "Nothing was chosen, or it took too long. Try again.",
  InvalidStateError: "This device has a passkey of yours already.",
  SecurityError: "Passkeys work over https only, at the newsroom’s own address.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !canPasskeys;
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await WAYS[form.dataset.passkey](form));
      form.submit();
    } catch (error) {
      said.textContent = SAID[error.name] ?? "That did not work. Try again, or use another way.";
    }
  });
}
if (!canPasskeys) {
  for (const said of document.querySelectorAll('[data-passkey="make"]')) {
    said.insertAdjacentHTML("beforebegin", "<p>This browser has no passkeys. An authenticator app works in any.</p>");
  }
}
