"""What feedparser knows by name: namespaces and their prefixes, elements it has code for, and our limits.

A test compares these tables with the installed feedparser's own.
"""

from __future__ import annotations

XML = "http://www.w3.org/XML/1998/namespace"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XLINK = "http://www.w3.org/1999/xlink"
USERLAND = "http://backend.userland.com/rss"
USERLANDS = "backend.userland.com/rss"  # all that have this in them count as that one
NETSCAPE = "http://my.netscape.com/rdf/simple/0.9/"
RSS1 = "http://purl.org/rss/1.0/"
ATOM = "http://www.w3.org/2005/atom"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FORMATS = f"""
{USERLAND} http://blogs.law.harvard.edu/tech/rss {RSS1} {NETSCAPE} http://example.com/newformat#
http://example.com/necho http://purl.org/echo/ uri/of/echo/namespace# http://purl.org/pie/
http://purl.org/atom/ns# {ATOM} http://purl.org/rss/1.0/modules/rss091#
"""
_EXTENSIONS = f"""
admin http://webns.net/mvcb/
ag http://purl.org/rss/1.0/modules/aggregation/
annotate http://purl.org/rss/1.0/modules/annotate/
audio http://media.tangent.org/rss/1.0/
blogChannel http://backend.userland.com/blogchannelmodule
cc http://creativecommons.org/ns#license http://web.resource.org/cc/
creativeCommons http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html
creativeCommons http://backend.userland.com/creativecommonsrssmodule
co http://purl.org/rss/1.0/modules/company
content http://purl.org/rss/1.0/modules/content/
cp http://my.theinfo.org/changed/1.0/rss/
dc http://purl.org/dc/elements/1.1/
dcterms http://purl.org/dc/terms/
email http://purl.org/rss/1.0/modules/email/
ev http://purl.org/rss/1.0/modules/event/
feedburner http://rssnamespace.org/feedburner/ext/1.0
fm http://freshmeat.net/rss/fm/
foaf http://xmlns.com/foaf/0.1/
geo http://www.w3.org/2003/01/geo/wgs84_pos#
georss http://www.georss.org/georss
gml http://www.opengis.net/gml
icbm http://postneo.com/icbm/
image http://purl.org/rss/1.0/modules/image/
itunes http://www.itunes.com/dtds/podcast-1.0.dtd http://example.com/dtds/podcast-1.0.dtd
l http://purl.org/rss/1.0/modules/link/
media http://search.yahoo.com/mrss http://search.yahoo.com/mrss/
pingback http://madskills.com/public/xml/rss/module/pingback/
prism http://prismstandard.org/namespaces/1.2/basic/
rdf {RDF}
rdfs http://www.w3.org/2000/01/rdf-schema#
ref http://purl.org/rss/1.0/modules/reference/
reqv http://purl.org/rss/1.0/modules/richequiv/
search http://purl.org/rss/1.0/modules/search/
slash http://purl.org/rss/1.0/modules/slash/
soap http://schemas.xmlsoap.org/soap/envelope/
ss http://purl.org/rss/1.0/modules/servicestatus/
str http://hacks.benhammersley.com/rss/streaming/
sub http://purl.org/rss/1.0/modules/subscription/
sy http://purl.org/rss/1.0/modules/syndication/
szf http://schemas.pocketsoap.com/rss/mydescmodule/
taxo http://purl.org/rss/1.0/modules/taxonomy/
thr http://purl.org/rss/1.0/modules/threading/
ti http://purl.org/rss/1.0/modules/textinput/
trackback http://madskills.com/public/xml/rss/module/trackback/
wfw http://wellformedweb.org/commentapi/
wiki http://purl.org/rss/1.0/modules/wiki/
xhtml http://www.w3.org/1999/xhtml
xlink {XLINK}
xml {XML.lower()}
psc http://podlove.org/simple-chapters
"""
PREFIXES = {"": "", **dict.fromkeys(_FORMATS.split(), "")}
"""The prefix that feedparser gives to a namespace (in lower case), whatever prefix the feed gives it."""
for _line in _EXTENSIONS.strip().splitlines():
    _prefix, *_uris = _line.split()
    PREFIXES.update(dict.fromkeys(_uris, _prefix))

MAPS = frozenset({"geo", "georss", "gml"})
"""What is cut out before feedparser sees it (survey.py), or made to fail by it where it is not."""
ITEM_NAMESPACES = frozenset({"", RSS1, "http://purl.org/atom/ns#", ATOM, NETSCAPE, f"{USERLAND}2"})
"""Namespaces whose items the survey counts as items too."""

LEFT_OUT = _words(
    """
    body fullitem xhtml_body geom georssgeom where georss_box georss_line georss_point georss_polygon
    georss_where gml_exterior gml_linearring gml_linestring gml_point gml_polygon gml_pos gml_poslist
    creativeCommons_license textInput
    """
)
"""Elements that feedparser has code for and the fast path has not (the last two no document can reach)."""
KEYS = _words(
    """
    id guid link links title title_detail summary summary_detail description description_detail author
    authors author_detail contributors publisher_detail tags category content content_detail created
    created_parsed published published_parsed issued_parsed updated updated_parsed modified_parsed date
    date_parsed language enclosures image textinput license guidislink media_content media_credit
    media_license media_player media_rating media_restriction media_thumbnail svg math
    """
)
"""What feedparser keeps of an entry under its own names: an unknown element called so would overwrite it."""

ATTRIBUTES = _words(
    """
    about category domain duration expression fileSize height href hreflang id isDefault isPermaLink label
    length medium mode rel rev scheme src term text title type uri url version width
    """
)
"""Attributes without a namespace that are read as they are; all others are looked at one by one."""
READ = _words(
    """
    about base domain duration href filesize ispermalink label lang lastmod length medium mode rel scheme
    start term text type uri url version
    """
)
"""Attributes that count, in lower case: in another namespace feedparser takes them for its own."""
