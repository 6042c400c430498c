//! Following every link, and asking for what others were shown.

use crate::{
    html::{Form, forms, links},
    routes::{Routes, values},
    world::{Person, World},
};
use axum::http::StatusCode;
use firebee_tests::browse::{Browser, Page};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a page is told of that nobody reached.
const NOBODY: &str = "was shown to nobody: let the world of the crawl have one, with a page that leads there";

/// How many addresses of a route somebody opens, and how many of them with the same names behind the question mark.
const PAGES_MAX: usize = 40;
const QUERIES_MAX: usize = 2;

/// How many addresses of a route somebody asks for that another one was shown.
const OTHERS_MAX: usize = 3;

/// What anybody may read who has the address: its secret is the permission, or what stands there is public.
const PUBLIC: [&str; 8] = ["/v/", "/r/", "/api", "/apply/", "/firms", "/assets/", "/language/", "/sign-in"];

/// What one person was shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The addresses, without what stands behind a question mark, of each route.
    pub(super) pages: BTreeMap<String, BTreeSet<String>>,
    /// The forms that are sent with POST, of each route.
    pub(super) forms: BTreeMap<String, BTreeSet<Form>>,
    /// Every id in them.
    pub(super) ids: BTreeSet<String>,
}

/// The whole crawl.
pub(super) struct Walk<'a> {
    pub(super) world: &'a World,
    pub(super) routes: &'a Routes,
    pub(super) shown: BTreeMap<String, Shown>,
    /// The routes that somebody was led to, and that answered.
    reached: BTreeSet<String>,
    /// Pages that were read.
    pub(super) pages: usize,
    /// Requests that were refused, as they should be.
    pub(super) refused: usize,
    /// Forms that were sent.
    pub(super) forms: usize,
    /// What is wrong.
    pub(super) found: Vec<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(world: &'a World, routes: &'a Routes) -> Self {
        let (shown, reached, found) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        Self { world, routes, shown, reached, pages: 0, refused: 0, forms: 0, found }
    }

    /// Opens everything that this person is led to.
    pub(super) async fn follow(&mut self, person: &Person) {
        let fixed = self.routes.all.iter().filter(|route| route.gets && !route.pattern.contains('{'));
        let mut waiting: VecDeque<(String, String)> =
            fixed.map(|route| (route.pattern.clone(), "the router".to_owned())).collect();
        let told = self.world.told.iter().filter(|(whose, _)| *whose == person.name);
        waiting.extend(told.map(|(_, address)| (address.clone(), "what was told".to_owned())));
        let (mut known, mut counts) = (BTreeSet::new(), BTreeMap::<(String, String), usize>::new());
        while let Some((address, from)) = waiting.pop_front() {
            if !known.insert(address.clone()) {
                continue;
            }
            let Some(route) = self.routes.find(&address) else {
                if self.routes.of_phones.contains(&address) {
                    continue;
                }
                self.found.push(format!("{}: {from} leads to {address}, which no route answers", person.name));
                continue;
            };
            let count = counts.entry((route.pattern.clone(), names(&address))).or_default();
            *count += 1;
            if *count > if address.contains('?') { QUERIES_MAX } else { PAGES_MAX } {
                continue;
            }
            let page = self.read(person, &address).await;
            let led = from.starts_with('/') && !person.name.contains("owner");
            if led && page.status != StatusCode::OK && !page.status.is_redirection() {
                self.found.push(format!("{}: {from} leads to {address}: {}", person.name, page.status));
            }
            if page.status == StatusCode::OK || page.status.is_redirection() && !page.location().starts_with("/sign-in")
            {
                self.reached.insert(route.pattern.clone());
            }
            self.keep(person, &address, &page, &mut waiting);
        }
    }

    /// Keeps what a page shows and where it leads.
    fn keep(&mut self, person: &Person, address: &str, page: &Page, waiting: &mut VecDeque<(String, String)>) {
        if page.status.is_redirection() && page.location().starts_with('/') {
            waiting.push_back((page.location().to_owned(), "a redirection".to_owned()));
        }
        if page.status != StatusCode::OK {
            return;
        }
        let (html, plain) = (text(page), address.split('?').next().unwrap().to_owned());
        self.forbid_guesses(&plain);
        let shown = self.shown.entry(person.name.clone()).or_default();
        shown.ids.extend(ids(&plain));
        if let Some(route) = self.routes.find(&plain) {
            shown.pages.entry(route.pattern.clone()).or_default().insert(plain);
        }
        for form in forms(&html, address) {
            match self.routes.find(&form.action) {
                Some(route) if form.posts => {
                    shown.ids.extend(ids(&form.action));
                    shown.ids.extend(form.fields.iter().flat_map(|(_, value)| ids(value)));
                    let of_route = shown.forms.entry(route.pattern.clone()).or_default();
                    if !of_route.iter().any(|held| held.action == form.action) {
                        of_route.insert(form);
                    }
                }
                Some(_) => waiting.push_back((form.action, address.to_owned())),
                None => self.found.push(format!("{}: {address} has a form for {}", person.name, form.action)),
            }
        }
        waiting.extend(links(&html, address).into_iter().map(|link| (link, address.to_owned())));
    }

    /// The first id of an address is no number that somebody could count on from.
    fn forbid_guesses(&mut self, address: &str) {
        let route = self.routes.find(address).and_then(|route| values(&route.pattern, address));
        if let Some((name, value)) = route.and_then(|values| values.into_iter().next())
            && value.parse::<u64>().is_ok()
        {
            self.found.push(format!("{address}: {name} can be guessed"));
        }
    }

    /// Opens the addresses that no page leads to, made of values that other addresses have under the same names.
    pub(super) async fn reach_the_rest(&mut self) {
        let routes = self.routes;
        for route in &routes.all {
            if !route.gets || self.reached.contains(&route.pattern) {
                continue;
            }
            let mut answered = self.shown.values().any(|shown| shown.forms.contains_key(&route.pattern));
            for person in &self.world.people {
                for address in self.addresses(&route.pattern, &person.name) {
                    let page = self.read(person, &address).await;
                    answered |= page.status != StatusCode::NOT_FOUND && !page.location().starts_with("/sign-in");
                    self.keep(person, &address, &page, &mut VecDeque::new());
                }
            }
            if !answered {
                self.found.push(format!("{} {NOBODY}", route.pattern));
            }
        }
    }

    /// Addresses of a route for what somebody was shown: those of forms, or made of values by their names.
    pub(super) fn addresses(&self, pattern: &str, person: &str) -> Vec<String> {
        let Some(shown) = self.shown.get(person) else { return Vec::new() };
        if let Some(forms) = shown.forms.get(pattern) {
            return forms.iter().map(|form| form.action.clone()).take(2).collect();
        }
        let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let actions = shown.forms.iter().flat_map(|(of, all)| all.iter().map(move |form| (of, &form.action)));
        let pages = shown.pages.iter().flat_map(|(of, all)| all.iter().map(move |page| (of, page)));
        for (of, address) in pages.chain(actions) {
            for (name, value) in values(of, address).unwrap_or_default() {
                known.entry(name).or_default().insert(value);
            }
        }
        let mut made = vec![String::new()];
        for part in pattern.split('/').skip(1) {
            let choices: Vec<String> = match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => known.get(name).into_iter().flatten().take(3).cloned().collect(),
                None => vec![part.to_owned()],
            };
            made = made.iter().flat_map(|made| choices.iter().map(move |part| format!("{made}/{part}"))).collect();
        }
        made.truncate(9);
        made
    }

    /// Asks for what others were shown and this person was not.
    pub(super) async fn ask_for_others(&mut self, person: &Person) {
        let (mut asked, mut counts) = (BTreeSet::new(), BTreeMap::<(String, bool), usize>::new());
        for other in self.world.people.iter().filter(|other| other.name != person.name) {
            let own = self.shown.get(&person.name).cloned().unwrap_or_default();
            let theirs = self.shown.get(&other.name).cloned().unwrap_or_default();
            for route in self.routes.all.iter().filter(|route| route.pattern.contains('{')) {
                let addresses = match theirs.pages.get(&route.pattern) {
                    Some(pages) => pages.iter().cloned().collect(),
                    None => self.addresses(&route.pattern, &other.name),
                };
                let mine = own.pages.get(&route.pattern);
                for address in addresses.into_iter().filter(|page| !mine.is_some_and(|mine| mine.contains(page))) {
                    let count = counts.entry((route.pattern.clone(), is_strange(person, other))).or_default();
                    if *count < OTHERS_MAX && asked.insert(address.clone()) {
                        *count += 1;
                        self.ask(person, other, &address).await;
                    }
                }
            }
        }
    }

    async fn ask(&mut self, person: &Person, other: &Person, address: &str) {
        if is_public(address) {
            return;
        }
        let page = self.read(person, address).await;
        let strange = is_strange(person, other);
        let foreign = self.has_foreign(person, address);
        let gone = match page.status {
            StatusCode::NOT_FOUND => true,
            status if status.is_redirection() => {
                let made_up = self.read(person, &twin(address)).await;
                twin(page.location()) == made_up.location() && made_up.status == status
            }
            _ => !(strange && foreign),
        };
        if gone {
            self.refused += 1;
        } else {
            let said = format!("{} reads {address}, which {} was shown: {}", person.name, other.name, page.status);
            self.found.push(said);
        }
    }

    /// Whether a text names an id that this person was never shown.
    pub(super) fn has_foreign(&self, person: &Person, text: &str) -> bool {
        let own = self.shown.get(&person.name);
        ids(text).iter().any(|id| !own.is_some_and(|own| own.ids.contains(id)))
    }

    async fn read(&mut self, person: &Person, address: &str) -> Page {
        let page = person.browser.get(address).await;
        self.pages += 1;
        self.judge(person, &format!("GET {address}"), address, &page);
        page
    }

    /// What holds for every answer: no failure, no "you may not", no word of another side.
    pub(super) fn judge(&mut self, person: &Person, request: &str, address: &str, page: &Page) {
        if page.status.is_server_error() || (request.starts_with("GET") && page.status == StatusCode::FORBIDDEN) {
            self.found.push(format!("{}: {request}: {}", person.name, page.status));
        }
        let text = format!("{}\n{}", text(page), page.location());
        for word in &person.forbidden {
            let is_open = is_public(address) && (word.ends_with("pub") || !address.starts_with("/firms"));
            if !is_open && let Some((before, after)) = text.split_once(word.as_str()) {
                let before: String = before.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
                let around = format!("{before}{word}{}", after.chars().take(30).collect::<String>());
                self.found.push(format!("{}: {request} says {word}: …{}…", person.name, around.replace('\n', " ")));
            }
        }
    }

    /// The routes that take a form which nobody was shown.
    pub(super) fn without_forms(&self) -> Vec<String> {
        let shown = |pattern: &String| self.shown.values().any(|shown| shown.forms.contains_key(pattern));
        let posts = self.routes.all.iter().filter(|route| route.posts).map(|route| route.pattern.clone());
        posts.filter(|pattern| !shown(pattern)).collect()
    }

    /// Fails with everything that was found.
    pub(super) fn report(self) {
        assert!(self.found.is_empty(), "{} faults\n{}", self.found.len(), self.found.join("\n"));
    }
}

/// Whether one is of another side than the other, or has the same position on another site.
pub(super) fn is_strange(person: &Person, other: &Person) -> bool {
    person.side != other.side || person.peers.contains(&other.name.as_str())
}

/// Whether the address itself is the permission.
pub(super) fn is_public(address: &str) -> bool {
    address == "/v" || PUBLIC.iter().any(|public| address.starts_with(public))
}

/// A browser's token for its forms.
pub(super) async fn token(browser: &Browser) -> String {
    let page = browser.get("/account").await;
    if page.status != StatusCode::OK {
        return String::new();
    }
    page.form("/sign-out").into_iter().find(|(name, _)| name == "csrf").unwrap().1
}

/// What a reader of the answer reads; the bytes of a picture are no text.
fn text(page: &Page) -> String {
    let kind = page.header("content-type");
    if kind.starts_with("text/") || kind.contains("json") { page.html() } else { String::new() }
}

/// The names behind the question mark.
fn names(address: &str) -> String {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let mut names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    names.sort_unstable();
    names.join("&")
}

/// The ids in a text: of rows, and of files.
pub(super) fn ids(text: &str) -> Vec<String> {
    let pieces = text.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    let plain = pieces.map(|piece| piece.trim_start_matches("a256-").trim_matches('-'));
    plain
        .filter(|piece| piece.len() == 64 || piece.len() == 36 && piece.matches('-').count() == 4)
        .map(str::to_owned)
        .collect()
}

/// The same text with ids of nothing.
pub(super) fn twin(text: &str) -> String {
    ids(text).iter().fold(text.to_owned(), |text, id| {
        let kept = id.len() - 12;
        let other = |digit: char| char::from_digit(15 - digit.to_digit(16).unwrap_or_default(), 16).unwrap_or('0');
        let made: String =
            id.chars().enumerate().map(|(at, digit)| if at < kept { digit } else { other(digit) }).collect();
        text.replace(id, &made)
    })
}
