//! The access matrix: every address of the program × every visitor × every state of an item.

mod rules;

use bytes::Bytes;
use gongkai_app::items::content_digest;
use gongkai_domain::access::Role;
use gongkai_domain::id::ItemId;
use gongkai_testkit::app::{Answer, Client, MARK, OTHER, OWN, Stage, TestApp, Visitor, WORD};
use gongkai_testkit::database::Database;
use gongkai_web::{Access, Route, routes};
use http::{Method, header};
use rules::Row;
use std::collections::BTreeMap;

const TABLE: &str = include_str!("../access.toml");

/// What may be seen of an item from outside: when it differs, the item was changed.
async fn version(kit: &TestApp, id: &ItemId) -> Option<i64> {
    let mut reader = kit.app.store.reader().await.expect("a reader");
    let found = gongkai_testkit::app::item(&mut reader, id).await;
    found.map(|loaded| loaded.version)
}

async fn digest(kit: &TestApp, id: &ItemId) -> String {
    let mut reader = kit.app.store.reader().await.expect("a reader");
    let found = gongkai_testkit::app::item(&mut reader, id).await;
    let working = found.and_then(|loaded| loaded.item.working);
    working.map(|working| content_digest(&working.content)).unwrap_or_default()
}

/// The play: an installation, a browser for each visitor, an item of each state.
struct Play {
    kit: TestApp,
    browsers: BTreeMap<Visitor, Client>,
    items: BTreeMap<Stage, (ItemId, Option<i64>)>,
}

impl Play {
    async fn new() -> Self {
        Self::on(Database::sqlite()).await
    }

    async fn on(database: Database) -> Self {
        let mut kit = TestApp::on(database).await;
        kit.without_limits();
        let mut browsers = BTreeMap::new();
        for visitor in Visitor::all() {
            browsers.insert(visitor, kit.visited_by(visitor).await);
        }
        let mut play = Self { kit, browsers, items: BTreeMap::new() };
        for stage in Stage::ALL {
            play.item(stage).await;
        }
        play
    }

    /// An item of this state; a new one where the last was changed.
    async fn item(&mut self, stage: Stage) -> ItemId {
        if let Some((id, known)) = self.items.get(&stage)
            && version(&self.kit, id).await == *known
        {
            return id.clone();
        }
        let id = self.kit.item_at(stage).await;
        let known = version(&self.kit, &id).await;
        self.items.insert(stage, (id.clone(), known));
        id
    }

    async fn filled(&self, text: &str, id: Option<&ItemId>) -> String {
        let today = self.kit.app.clock.today();
        let digest = match id {
            Some(id) if text.contains("{digest}") => digest(&self.kit, id).await,
            _ => String::new(),
        };
        let clerk = self.kit.caller(OWN, Role::Clerk).actor.person.to_string();
        let request = match text.contains("{request}") {
            true => self.kit.request(WORD).await.id.to_string(),
            false => String::new(),
        };
        let blanks = [
            ("{id}", id.map(ItemId::as_str).unwrap_or_default()),
            ("{organ}", OWN),
            ("{other}", OTHER),
            ("{person}", clerk.as_str()),
            ("{post}", clerk.as_str()),
            ("{digest}", digest.as_str()),
            ("{request}", request.as_str()),
            ("{today}", &today.to_string()),
            ("{tomorrow}", &today.tomorrow().expect("a day").to_string()),
            ("{word}", WORD),
        ];
        blanks.iter().fold(text.to_owned(), |text, (blank, value)| text.replace(blank, value))
    }

    async fn answer(
        &mut self,
        route: &Route,
        row: &Row,
        visitor: Visitor,
        stage: Option<Stage>,
    ) -> Answer {
        let id = match stage {
            Some(stage) => Some(self.item(stage).await),
            None => None,
        };
        let mut address =
            self.filled(row.address.as_deref().unwrap_or(route.path), id.as_ref()).await;
        assert!(!address.contains('{'), "give `address` for {} {}", route.method, route.path);
        if !row.query.is_empty() {
            address = format!("{address}?{}", encoded(&self.filled(&row.query, id.as_ref()).await));
        }
        let form = self.filled(&row.form, id.as_ref()).await;
        let browser = self.browsers.get_mut(&visitor).expect("a browser for each visitor");
        if route.method == "GET" {
            return browser.get(&address).await;
        }
        let mut own = browser.clone();
        if row.ends_session && visitor != Visitor::Public {
            own = self.kit.visited_by(visitor).await;
        }
        match &row.file {
            Some(field) => in_parts(&mut own, &address, field, &pairs(&form)).await,
            None => own.post(&address, &pairs(&form)).await,
        }
    }
}

fn pairs(form: &str) -> Vec<(&str, &str)> {
    let fields = form.split('&').filter(|field| !field.is_empty());
    fields.map(|field| field.split_once('=').unwrap_or((field, ""))).collect()
}

/// Characters outside ASCII as they stand in an address.
fn encoded(query: &str) -> String {
    let piece = |byte: u8| match byte {
        0x21..=0x7e => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    query.bytes().map(piece).collect()
}

async fn in_parts(
    client: &mut Client,
    address: &str,
    field: &str,
    rest: &[(&str, &str)],
) -> Answer {
    const EDGE: &str = "----part";
    let token = client.form_token.clone();
    let part = |(name, value): &(&str, &str)| {
        format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body = part(&("form_token", &token));
    body.extend(rest.iter().map(part));
    body.push_str(&format!(
        "--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"附件.txt\"\r\n\
         Content-Type: text/plain\r\n\r\n附件的内容\r\n--{EDGE}--\r\n"
    ));
    let request = client
        .request(Method::POST, address)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .body(Bytes::from(body));
    client.send(request.expect("a request")).await
}

/// The states at which an address is tried: all, when it is about an item.
fn stages(route: &Route, row: &Row) -> Vec<Option<Stage>> {
    let about_an_item = [route.path, row.address.as_deref().unwrap_or_default(), &row.form]
        .iter()
        .any(|text| text.contains("{id}"));
    if about_an_item && row.address.as_deref().is_none_or(|address| address.contains("{id}")) {
        Stage::ALL.into_iter().map(Some).collect()
    } else {
        vec![None]
    }
}

fn key(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

#[tokio::test]
async fn every_address_answers_every_visitor_as_the_matrix_says() {
    let play = Play::new().await;
    see(play, |_| true).await;
}

#[tokio::test]
async fn every_address_of_requests_answers_every_visitor_the_same_on_postgresql() {
    if let Some(postgres) = Database::postgres().await {
        let play = Play::on(postgres).await;
        see(play, |address| address.contains("request")).await;
    }
}

/// Holds the answers at these addresses against the matrix.
async fn see(mut play: Play, is_seen: impl Fn(&str) -> bool) {
    let mut rows = rules::read(TABLE);
    rows.retain(|key, _| is_seen(key));
    let mut wrong = Vec::new();
    let mut missing = Vec::new();
    for route in routes().into_iter().filter(|route| is_seen(&key(route))) {
        let known = rows.remove(&key(&route));
        let row = known.clone().unwrap_or_default();
        if known.is_none() && route.path.replace("{id}", "").contains('{') {
            missing.push(format!("[\"{}\"]\naddress = \"\"\nwho = []\n", key(&route)));
            continue;
        }
        let mut seen = BTreeMap::new();
        for stage in stages(&route, &row) {
            for visitor in Visitor::all() {
                let answer = play.answer(&route, &row, visitor, stage).await;
                seen.insert((visitor, stage), answer.class());
                let at = format!("{} · {} · {stage:?}", key(&route), visitor.key());
                let expected = row.class(visitor, stage);
                if known.is_some() && answer.class() != expected {
                    wrong.push(format!("{at}: {} and not {expected}", answer.status));
                }
                if visitor == Visitor::Public && answer.holds(MARK) {
                    wrong.push(format!("{at}: the public reads what is not public"));
                }
                let guarded = route.access == Access::SignedIn && visitor == Visitor::Public;
                if guarded && !["sign_in", "forbidden"].contains(&answer.class()) {
                    wrong.push(format!("{at}: open to the public"));
                }
            }
        }
        if known.is_none() {
            missing.push(rules::write(&key(&route), &seen));
        }
    }
    wrong.extend(rows.into_keys().map(|key| format!("{key} is no address any more")));
    assert!(wrong.is_empty(), "{wrong:#?}");
    let missing = missing.join("\n");
    assert!(
        missing.is_empty(),
        "no row in crates/web/tests/access.toml. This is what is answered now; judge each line, then \
         put it there:\n\n{missing}"
    );
    play.kit.finish().await;
}

/// What strangers ask for beside the plain address: every list, search and feed must keep it.
const ASKED: &[&str] =
    &["q={word}", "query={word}&q={word}", "state=draft", "organ={organ}", "page=2"];

#[tokio::test]
async fn no_answer_to_the_public_holds_the_text_of_an_unpublished_edition() {
    let rows = rules::read(TABLE);
    let play = Play::new().await;
    let public = play.kit.item_at(Stage::Public).await;
    let mut clerk = play.kit.visited_by(Visitor::Own(Role::Clerk)).await;
    clerk.post(&format!("/work/items/{public}/edition"), &[]).await;
    let new_text = [("title", MARK), ("text", MARK), ("formed_on", "2025-03-10")];
    let saved = clerk.post(&format!("/work/items/{public}/edit"), &new_text).await;
    assert_eq!(saved.class(), "done", "a new edition is in work: {}", saved.text());
    assert!(clerk.get(&format!("/work/items/{public}")).await.holds(MARK), "the clerk reads it");
    let mut stranger = play.kit.client().await;
    let mut wrong = Vec::new();
    for route in routes() {
        let row = rows.get(&key(&route)).cloned().unwrap_or_default();
        if route.access != Access::Public || route.method != "GET" {
            continue;
        }
        let path = row.address.as_deref().unwrap_or(route.path);
        let mut addresses = Vec::new();
        for (id, _) in play.items.values().chain([&(public.clone(), None)]) {
            let address = play.filled(path, Some(id)).await;
            addresses.extend(ASKED.iter().map(|asked| format!("{address}?{asked}")));
            addresses.push(address);
        }
        for address in addresses {
            let address = encoded(&play.filled(&address, None).await);
            let answer = stranger.get(&address).await;
            if answer.holds(MARK) {
                wrong.push(address);
            }
        }
    }
    assert!(wrong.is_empty(), "the public reads what is not public: {wrong:#?}");
    let seen = stranger.get(&format!("/items/{public}")).await;
    assert!(seen.holds(WORD), "the public edition stays readable: {}", seen.text());
    play.kit.finish().await;
}
