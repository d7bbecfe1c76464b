//! Requests for disclosure brought to every state through the actions that people use.

use super::{OWN, TestApp};
use gongkai_app::requests::{
    Filter, Order, Page, case, close, consult, fee, list, register, reply, supplement,
};
use gongkai_domain::access::Role;
use gongkai_domain::fee::FeeBy;
use gongkai_domain::id::RequestId;
use gongkai_domain::outcome::{BasisKey, OutcomeKey};
use gongkai_domain::request::{
    Archiving, AskSupplement, Consult, Consulted, DeliveryForm, DeliveryWay, DisclosureRequest,
    Matter, NotifyFee, Part, Personal, ProposeFee, ReceivedChannel, Reply, RequesterKind, Served,
    ServiceWay, StateKey, Submission, Wanted,
};

/// Stands in the name, the contacts and the number of who asks; no page may show it unasked.
pub const PERSONAL_MARK: &str = "个人信息暗记";
/// The telephone of who asks, by which a request is followed.
pub const TELEPHONE: &str = "00013700000";

/// What somebody hands in over the counter.
pub fn submission(wanted: &str, arrived_on: jiff::civil::Date) -> Submission {
    Submission {
        channel: ReceivedChannel::Counter,
        arrived_on,
        matter: Matter::Disclosure,
        kind: RequesterKind::Natural,
        personal: Personal {
            name: format!("王{PERSONAL_MARK}"),
            document: "其他证件".to_owned(),
            document_number: format!("{PERSONAL_MARK}1"),
            telephone: TELEPHONE.to_owned(),
            address: format!("{PERSONAL_MARK}路"),
            ..Personal::default()
        },
        wanted: Wanted { name: wanted.to_owned(), ..Wanted::default() },
        form: DeliveryForm::Paper,
        way: DeliveryWay::Post,
        files: Vec::new(),
        was_spoken: false,
    }
}

/// A reply in one part that says all that its outcome on this basis must say.
pub fn simple_reply(outcome: OutcomeKey, basis: Option<BasisKey>) -> Reply {
    let says = outcome.needs(basis).into_iter().map(|field| (field, "写明".to_owned())).collect();
    let parts = vec![Part { about: "全部".to_owned(), outcome, basis, says }];
    Reply { row: outcome, parts, separation: None, public_interest: None, files: Vec::new() }
}

impl TestApp {
    /// Every request of the own organ, up to a thousand.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn requests(&self) -> Vec<DisclosureRequest> {
        let clerk = self.caller(OWN, Role::Clerk);
        let page = Page { order: Order::Newest, after: None, limit: 1_000 };
        let lines = list::lines(&self.app, &clerk, Filter::default(), None, page).await;
        let mut all = Vec::new();
        for line in lines.expect("the register").lines {
            all.push(case::case(&self.app, &clerk, &line.id).await.expect("the case").request);
        }
        all
    }

    /// A request of the own organ that came over the counter today, and is being handled.
    ///
    /// # Panics
    /// When the actions refuse.
    pub async fn request(&self, wanted: &str) -> DisclosureRequest {
        self.request_by(wanted, ReceivedChannel::Counter).await
    }

    /// The same by this way.
    ///
    /// # Panics
    /// When the actions refuse.
    pub async fn request_by(&self, wanted: &str, channel: ReceivedChannel) -> DisclosureRequest {
        let clerk = self.caller(OWN, Role::Clerk);
        let organ = OWN.parse().expect("an id");
        let submission = Submission { channel, ..submission(wanted, self.app.clock.today()) };
        register::register(&self.app, &clerk, organ, submission).await.expect("registered")
    }

    /// A new request of the own organ in this state.
    ///
    /// # Panics
    /// When the actions refuse.
    pub async fn request_at(&self, state: StateKey) -> RequestId {
        let wanted = format!("某规划{}", state.key());
        if state == StateKey::Unconfirmed {
            return self.request_by(&wanted, ReceivedChannel::OrdinaryPost).await.id;
        }
        let id = self.request(&wanted).await.id;
        match state {
            StateKey::Unconfirmed | StateKey::Handling => {}
            StateKey::Consulting => self.consulted(&id).await,
            StateKey::AwaitingSupplement => self.supplement_asked(&id).await,
            StateKey::AwaitingFee => self.charged(&id).await,
            StateKey::InReview => self.proposed(&id).await,
            StateKey::Approved => self.reply_approved(&id).await,
            StateKey::Closed => self.served(&id).await,
            StateKey::Archived => {
                self.served(&id).await;
                let (clerk, archiving) =
                    (self.caller(OWN, Role::Clerk), Archiving { file_number: String::new() });
                close::archive(&self.app, &clerk, &id, archiving).await.expect("archived");
            }
        }
        id
    }

    async fn consulted(&self, id: &RequestId) {
        let letter = Consult {
            of: Consulted::ThirdParty,
            who: "某公司".to_owned(),
            about: "合同".to_owned(),
            sent_on: self.app.clock.today(),
            reached_on: None,
        };
        let clerk = self.caller(OWN, Role::Clerk);
        consult::send(&self.app, &clerk, id, letter).await.expect("sent");
    }

    async fn supplement_asked(&self, id: &RequestId) {
        let today = self.app.clock.today();
        let ask = AskSupplement {
            on: today,
            items: vec!["请写明年份".to_owned()],
            guidance: "例如哪一年".to_owned(),
            until: today.saturating_add(jiff::Span::new().days(14)),
        };
        let clerk = self.caller(OWN, Role::Clerk);
        supplement::ask(&self.app, &clerk, id, ask).await.expect("asked");
    }

    async fn charged(&self, id: &RequestId) {
        let clerk = self.caller(OWN, Role::Clerk);
        let proposed = ProposeFee { by: FeeBy::Page, count: 68, reason: "页数多".to_owned() };
        fee::propose(&self.app, &clerk, id, proposed).await.expect("proposed");
        let notify = NotifyFee { on: self.app.clock.today(), decided_by: "负责人".to_owned() };
        fee::notify(&self.app, &clerk, id, notify).await.expect("notified");
    }

    async fn proposed(&self, id: &RequestId) {
        let reply = simple_reply(OutcomeKey::DISCLOSED, BasisKey::of("ogi-36-2"));
        let clerk = self.caller(OWN, Role::Clerk);
        reply::propose(&self.app, &clerk, id, reply).await.expect("proposed");
    }

    async fn reply_approved(&self, id: &RequestId) {
        self.proposed(id).await;
        let leader = self.caller(OWN, Role::Leader);
        reply::approve(&self.app, &leader, id, "同意".to_owned(), None).await.expect("approved");
    }

    async fn served(&self, id: &RequestId) {
        self.reply_approved(id).await;
        let way = ServiceWay::Counter { receiver: "本人".to_owned() };
        let served = Served { on: self.app.clock.today(), way };
        let clerk = self.caller(OWN, Role::Clerk);
        reply::serve(&self.app, &clerk, id, served).await.expect("served");
    }
}
