"""The standing pages that a desk begins with. Editors change them in the admin; nothing here is read again."""

# Slug, title, summary, body.
FIRST_PAGES = (
    (
        "about",
        "About us",
        "Who we are, what we report on, and how a claim in a story can be checked.",
        """<p>We report on armed forces, the ministries that run them and the industry that equips them. We write for people whose work depends on the answer: officers, officials, engineers, analysts, and readers who want to know what is done in their name.</p>
<h2>What you can check</h2>
<p>A claim is worth as much as its source. Each quotation in a story is marked with a hairline, has a speaker whom a person of the desk has confirmed, and keeps an address of its own for as long as the story stands. Countries, organisations and equipment lead to pages that list everything we have written about them.</p>
<p>Every version of a story that readers were given is kept. The list at the foot of a story says what changed, when and why, and shows the words that were changed.</p>
<h2>What we promise</h2>
<ul><li>The date of first publication never moves.</li><li>“Updated” appears only when the text has changed in substance.</li><li>What was wrong is put right in public, on the story itself and in one list of all corrections.</li><li>A story that had to go says so at its address. It does not quietly become something else.</li></ul>
<h2>Where names come from</h2>
<p>Names of towns and regions come from <a href="https://www.geonames.org">GeoNames</a> (<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>), names of countries from Unicode CLDR.</p>""",
    ),
    (
        "corrections",
        "How we correct",
        "What we do when a story was wrong, and what happens to earlier versions.",
        """<p>When a story was wrong, we correct it and say so on the story: what was wrong, what is right, and when. Every notice also stands in <a href="/corrections/">the list of all corrections</a>. Nobody may repair an error of fact silently.</p>
<h2>The kinds of notice</h2>
<ul><li><strong>Correction:</strong> a fact was wrong.</li><li><strong>Clarification:</strong> the facts were right, but the words could mislead.</li><li><strong>Update:</strong> something happened since that changes what the story says.</li><li><strong>Editor’s note:</strong> something that readers should know about how the story came about.</li><li><strong>Retraction:</strong> a quotation or a claim is taken back. A quotation that was taken back stays in the archive, struck through, with the notice.</li></ul>
<p>A slip of spelling or form that changes no meaning is repaired without a notice. The list of versions still shows it.</p>
<h2>Earlier versions</h2>
<p>Earlier versions stay readable, with the words that changed. When the words themselves do harm, such as the name of somebody who must not be named, we close the earlier versions: they are kept for the record and shown to nobody, and the notice does not repeat them.</p>
<h2>Withdrawn and removed stories</h2>
<p>A story is withdrawn when it should not have appeared in that form or at that time. It may return. A story is removed for good when it must never be read again, for instance by order of a court; its address then shows a notice, and our partners are told to delete their copies.</p>
<h2>If you find an error</h2>
<p>Use “Report an error” at the foot of the story. Your message reaches the desk at once, with the story and the version that you read. It is never published.</p>""",
    ),
    (
        "naming",
        "How we name countries and places",
        "Which names we use for countries, places and governments, and why.",
        """<p>Each country, organisation and piece of equipment has one name in our pages: the one by which our readers know it. The page of a country gives its official name beside it. A name says what a place is called, not to whom it belongs. Naming a place takes no side in a dispute over it.</p>
<h2>Countries</h2>
<ul><li>We use the short name in common English use: Russia, not the Russian Federation; North Korea and South Korea.</li><li>When a country asks the world to call it differently, we follow once the new name is understood without explanation. Until then we put the older one beside it.</li><li>Codes and the list of countries and territories follow ISO 3166-1, with the addition of Kosovo, which has no code of its own there. Being in the list is no statement on recognition.</li></ul>
<h2>Taiwan</h2>
<p>We write “Taiwan” for the island and for the government in Taipei, and “China” for the government in Beijing. That is how both are known to our readers. We do not call Taiwan a province, and we do not write of its government as that of all China. Where the official name matters, in the title of a law or of a service such as the Republic of China Navy, we give it in full once.</p>
<h2>Disputed territory</h2>
<p>We name a territory and say who controls it and who claims it, where the story turns on it. Land occupied in a war stays part of the country it was taken from until a settlement that both sides accept. We write the Palestinian territories, Western Sahara, Crimea, and the Falkland Islands.</p>
<h2>Cities and seas</h2>
<p>Cities have the name that the country they lie in uses in English: Kyiv, Kharkiv, Beijing. Seas keep the name that is common on charts in English: the South China Sea, the Persian Gulf. A rival name may stand beside it where a person we quote uses it. We never change a word inside a quotation.</p>
<h2>Armed groups and governments</h2>
<p>We say what a group does and who calls it what. “The Kremlin” or “Beijing” stands for a government only where it is the government that acts.</p>""",
    ),
    (
        "tagging",
        "Automatic tagging",
        "What software proposes for a story, what goes public without a person, and what never does.",
        """<p>Software reads every story of ours and proposes three things: the countries, organisations, people and equipment it is about, who is quoted, and which earlier stories tell of the same matter. It proposes; people decide. It writes no sentence that you read here, and no picture is made by it.</p>
<h2>What goes public without a person</h2>
<p>A tag that rests on a name with one meaning only, such as “Norwegian Armed Forces”, goes out with the story at once. Such a tag is marked as unreviewed in what our partners get, and an editor can take it back. A tag taken back is not proposed again for that story.</p>
<h2>What never does</h2>
<ul><li><strong>A quotation.</strong> It enters the archive only when a person has confirmed the words and the speaker.</li><li><strong>A name that could mean several things</strong>, such as “Georgia”. A person has to say which.</li><li><strong>A related story.</strong> Only what an editor has chosen or confirmed stands under Related News.</li></ul>
<p>“The story so far” is drawn up by rule from confirmed and unambiguous tags and from the links of the editors; it lists earlier stories of ours and claims nothing else about them.</p>
<h2>Why a tag is there</h2>
<p>Each proposal carries its reason in words: the name that was found, where, and what spoke for this meaning. Nothing is learnt from what you read; the software knows our texts, not our readers.</p>""",
    ),
    (
        "privacy",
        "Privacy",
        "No cookie, no tracking, no account: what we store about readers, and for how long.",
        """<p>Reading here sets no cookie. There is no account to make, no advertisement, no counter of another company, and no script that watches what you do. Fonts, pictures and styles come from our own server.</p>
<h2>What our servers see</h2>
<p>Like every server, ours sees the network address of a request and which page it asks for. We use that to keep the site running and to turn away abuse. It is not joined with anything else.</p>
<h2>When you report an error</h2>
<p>We keep what you write, and how to reach you if you tell us. The way to reach you is deleted 90 days after the report was dealt with. So that nobody floods the form, we keep a digest of your network address, from which the address cannot be read, for two days. Nothing of it is published or passed on.</p>
<h2>When you write to us</h2>
<p>Letters and mails to the desk are treated as confidential. We protect those who tell us something in confidence, and we do not give their names to anybody.</p>""",
    ),
    (
        "contact",
        "Contact",
        "How to reach the desk, report an error, or tell us something in confidence.",
        """<p>For an error in a story, use “Report an error” at the foot of that story: the desk then knows which story and which version you read, and it reaches whoever wrote it.</p>
<h2>The desk</h2>
<p>Every author has <a href="/authors/">a page of their own</a>. For questions about a correction or the removal of a story, say which story you mean and what is wrong with it; an editor who did not write it will look at it.</p>
<h2>In confidence</h2>
<p>Do not use this site or a device of your employer to tell us something in confidence. Ask first for a safe way, without saying what it is about.</p>""",
    ),
    (
        "partners",
        "For partners",
        "How other papers and services take over our stories, with every correction.",
        """<p>Everything that is public here can be read by machines as well, with the same quotations at the same places in the text. The interface stands under <a href="/api/v1/">/api/v1/</a>.</p>
<h2>What partners get</h2>
<ul><li>Each story as one document: text, pictures with their rights, quotations with speaker and place, countries and organisations with the words that show them.</li><li>A feed of changes without a gap, in the order in which they happened. A partner who was away goes on where they stopped.</li><li>Every correction and every removal, with its notice. A story that we remove for good has to be deleted.</li></ul>
<h2>What we ask</h2>
<p>Print the story as it is, under the names of its authors, with a link to it. Carry our corrections as they come. Copy that we have from agencies is not ours to pass on and is marked so.</p>
<p>To become a partner, <a href="/policies/contact/">write to us</a>.</p>""",
    ),
)
