"""A manager at the console: fills in the pages' forms as a browser without JavaScript would."""
import html.parser
import http.cookiejar
import urllib.parse
import urllib.request


class Forms(html.parser.HTMLParser):
    """The forms of a page: where each posts, and its fields in order."""

    def __init__(self, page):
        super().__init__()
        self.forms = []
        self._select = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({"action": attrs.get("action", ""), "fields": [], "options": {}})
        elif self.forms and tag == "input" and attrs.get("name"):
            kind = attrs.get("type", "text")
            self.forms[-1]["options"].setdefault(attrs["name"], []).append(attrs.get("value", ""))
            if kind in ("checkbox", "radio") and "checked" not in attrs:
                return
            self.forms[-1]["fields"].append((attrs["name"], attrs.get("value", "")))
        elif self.forms and tag == "select":
            self._select = attrs.get("name")
        elif self.forms and tag == "option" and self._select:
            self.forms[-1]["options"].setdefault(self._select, []).append(attrs.get("value", ""))
            if "selected" in attrs:
                self.forms[-1]["fields"].append((self._select, attrs.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None

    def posting_to(self, end):
        """The first form whose action ends so."""
        return next(form for form in self.forms if form["action"].endswith(end))


class Console:
    """One browser."""

    def __init__(self, url):
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        """A page's text."""
        with self.opener.open(self.url + path) as answer:
            return answer.read().decode()

    def submit(self, form, **values):
        """Posts a form with some fields set; a list sets a field several times. Gives the page it leads to, and where."""
        fields = [(name, value) for name, value in form["fields"] if name not in values]
        for name, value in values.items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.url + form["action"], data=data, headers={"Origin": self.url})
        with self.opener.open(request) as answer:
            return answer.read().decode(), urllib.parse.urlparse(answer.geturl()).path

    def sign_in(self, login, password, changed):
        """Signs in, and changes the password where the first sign-in asks for it."""
        page, path = self.submit(Forms(self.get("/sign-in")).posting_to("/sign-in"), login=login, password=password)
        if path == "/password":
            names = [name for name in Forms(page).posting_to("/password")["options"] if name not in ("csrf", "request")]
            values = {name: password if name in ("old", "current", "present") else changed for name in names}
            page, path = self.submit(Forms(page).posting_to("/password"), **values)
        return page
