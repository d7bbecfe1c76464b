//! The invented county: its organs and who works there, from `data/demo/organs.toml`.

use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use serde::Deserialize;
use std::sync::LazyLock;

/// A person of the demonstration with the one post held.
pub struct DemoPost {
    /// The name for signing in.
    pub login: String,
    /// The name on pages.
    pub name: String,
    /// Who it is, for the list of log-ins.
    pub who: String,
    /// Where.
    pub organ: OrganId,
    /// As what.
    pub role: Role,
}

#[derive(Deserialize)]
struct OrganFile {
    organ: Vec<Entry>,
}

/// An organ as it stands in the data.
#[derive(Deserialize)]
struct Entry {
    id: OrganId,
    name: String,
    short: String,
    kind: OrganKind,
    word: String,
}

static ORGANS: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/demo/organs.toml");
    let file: OrganFile =
        toml::from_str(text).expect("data/demo/organs.toml is embedded and tested");
    file.organ
});

/// The organs; the first one is above the others.
pub fn organs() -> Vec<Organ> {
    ORGANS.iter().enumerate().map(|(order, entry)| organ(order, entry)).collect()
}

/// One more organ below the first, for an installation of any size.
pub fn another(order: usize) -> Organ {
    let entry = Entry {
        id: format!("organ-{order}").parse().expect("small letters and digits make an id"),
        name: format!("{}第{order}单位", ORGANS[0].name.trim_end_matches("人民政府")),
        short: format!("第{order}单位"),
        kind: OrganKind::Department,
        word: String::new(),
    };
    organ(order, &entry)
}

fn organ(order: usize, entry: &Entry) -> Organ {
    Organ {
        id: entry.id.clone(),
        parent: (0 < order).then(|| ORGANS[0].id.clone()),
        kind: entry.kind,
        name: entry.name.clone(),
        short_name: entry.short.clone(),
        code: format!("11999900MB{order:07}X"),
        order: i64::try_from(order).unwrap_or(i64::MAX),
        contact: Contact {
            office: format!("{}信息公开工作机构", entry.short),
            address: "文昌路政务中心".to_owned(),
            hours: "工作日 8:30—12:00，14:00—17:30".to_owned(),
            telephone: format!("0000-55500{order:02}"),
            fax: format!("0000-55600{order:02}"),
            internet: format!("{}@example.org", entry.id),
        },
        former_names: Vec::new(),
        merged_into: None,
    }
}

/// The head of an organ's document numbers (机关代字).
pub fn word(organ: &OrganId) -> &'static str {
    ORGANS.iter().find(|entry| entry.id == *organ).map_or("", |entry| entry.word.as_str())
}

/// The people: four in every organ, and those of the county as a whole.
pub fn posts() -> impl Iterator<Item = DemoPost> {
    const ROLES: [(&str, Role); 4] = [
        ("clerk", Role::Clerk),
        ("reviewer", Role::Reviewer),
        ("secrecy", Role::SecrecyReviewer),
        ("leader", Role::Leader),
    ];
    const COUNTY: [(&str, Role); 4] = [
        ("office", Role::DisclosureOffice),
        ("system", Role::SystemAdministrator),
        ("security", Role::SecurityAdministrator),
        ("auditor", Role::Auditor),
    ];
    const SURNAMES: [&str; 16] = [
        "王", "李", "赵", "陈", "刘", "周", "吴", "郑", "孙", "马", "朱", "胡", "林", "郭", "何",
        "高",
    ];
    ORGANS.iter().enumerate().flat_map(|(order, entry)| {
        let roles = ROLES.iter().chain(COUNTY.iter().filter(move |_| order == 0));
        roles.enumerate().map(move |(n, (login, role))| DemoPost {
            login: format!("{}-{login}", entry.id),
            name: format!("{}某", SURNAMES[(order * 5 + n) % SURNAMES.len()]),
            who: format!("{} {}", entry.short, role.name()),
            organ: entry.id.clone(),
            role: *role,
        })
    })
}
