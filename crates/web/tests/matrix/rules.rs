//! The rows of `access.toml` and their small language, read and written.

use gongkai_testkit::app::{Stage, Visitor};
use std::collections::{BTreeMap, BTreeSet};

/// A row of the matrix.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The rules, the first that fits decides.
    pub who: Vec<Rule>,
    /// Fields of the form.
    pub form: String,
    /// What stands behind the `?`.
    pub query: String,
    /// Where to go, when the path has blanks of its own.
    pub address: Option<String>,
    /// The field of a file.
    pub file: Option<String>,
    /// Whether the visitor is signed out by it.
    pub ends_session: bool,
}

/// Visitors and states to a class of answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    visitors: Vec<String>,
    states: Vec<String>,
    class: String,
}

impl Rule {
    fn read(text: &str) -> Self {
        let (whom, class) = text.rsplit_once(": ").expect("`visitors @states: class`");
        let (visitors, states) = whom.split_once('@').unwrap_or((whom, ""));
        let words = |text: &str| -> Vec<String> {
            let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        let rule = Self {
            visitors: words(visitors),
            states: words(states),
            class: class.trim().to_owned(),
        };
        let unknown = rule
            .states
            .iter()
            .find(|state| !Stage::ALL.iter().any(|stage| stage.key() == state.as_str()));
        assert_eq!(unknown, None, "no such state in `{text}`");
        for word in &rule.visitors {
            assert!(
                Visitor::all().iter().any(|each| names(word, &each.key())),
                "nobody is `{word}`"
            );
        }
        rule
    }

    fn fits(&self, visitor: Visitor, stage: Option<Stage>) -> bool {
        let by_state = self.states.is_empty()
            || stage.is_some_and(|stage| self.states.iter().any(|state| state == stage.key()));
        by_state && self.visitors.iter().any(|word| names(word, &visitor.key()))
    }
}

/// Whether a word of a rule names the visitor with this key.
fn names(word: &str, key: &str) -> bool {
    let Some((place, role)) = word.split_once(':') else { return word == "*" || word == key };
    let Some((own_place, own_role)) = key.split_once(':') else { return false };
    let in_group = match role {
        "writers" => ["clerk", "office"].contains(&own_role),
        "business" => ["clerk", "office", "reviewer", "leader", "secrecy"].contains(&own_role),
        "administrators" => ["system", "security", "auditor"].contains(&own_role),
        "everybody" => true,
        one => one == own_role,
    };
    place == own_place && in_group
}

impl Row {
    /// What this visitor must be answered.
    pub fn class(&self, visitor: Visitor, stage: Option<Stage>) -> &str {
        let rule = self.who.iter().find(|rule| rule.fits(visitor, stage));
        rule.map_or("(no rule)", |rule| rule.class.as_str())
    }
}

/// The rows by `METHOD /path`.
pub fn read(text: &str) -> BTreeMap<String, Row> {
    let table: toml::Table = text.parse().expect("access.toml is TOML");
    table.into_iter().map(|(key, value)| (key, row(&value))).collect()
}

fn row(value: &toml::Value) -> Row {
    let known = ["who", "form", "query", "address", "file", "ends_session"];
    let fields = value.as_table().expect("a table for each route");
    let unknown = fields.keys().find(|key| !known.contains(&key.as_str()));
    assert_eq!(unknown, None, "no such field of a row");
    let text = |key: &str| fields.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let rules = fields.get("who").and_then(toml::Value::as_array).expect("`who` of each row");
    Row {
        who: rules.iter().map(|rule| Rule::read(rule.as_str().expect("a rule"))).collect(),
        form: text("form").unwrap_or_default(),
        query: text("query").unwrap_or_default(),
        address: text("address"),
        file: text("file"),
        ends_session: fields.get("ends_session").and_then(toml::Value::as_bool) == Some(true),
    }
}

/// Writes a row of what was answered, as short as the language allows, for somebody to judge.
pub fn write(route: &str, seen: &BTreeMap<(Visitor, Option<Stage>), &'static str>) -> String {
    let mut by_answers: BTreeMap<Vec<_>, Vec<Visitor>> = BTreeMap::new();
    for visitor in seen.keys().map(|(visitor, _)| *visitor).collect::<BTreeSet<_>>() {
        let own = seen.iter().filter(|((who, _), _)| *who == visitor);
        let answers = own.map(|((_, stage), class)| (*stage, *class)).collect();
        by_answers.entry(answers).or_default().push(visitor);
    }
    let mut groups: Vec<_> = by_answers.into_iter().collect();
    groups.sort_by_key(|(_, visitors)| visitors.len());
    let n_groups = groups.len();
    let rules = groups.iter().enumerate().flat_map(|(number, (answers, visitors))| {
        let who = if number + 1 == n_groups { "*".to_owned() } else { together(visitors) };
        rules_of(&who, answers)
    });
    let rules: Vec<_> = rules.map(|rule| format!("    \"{rule}\",\n")).collect();
    format!("[\"{route}\"]\nwho = [\n{}]\n", rules.concat())
}

fn rules_of(who: &str, answers: &[(Option<Stage>, &'static str)]) -> Vec<String> {
    let mut by_class: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for &(stage, class) in answers {
        by_class.entry(class).or_default().extend(stage.map(Stage::key));
    }
    let mut classes: Vec<_> = by_class.into_iter().collect();
    classes.sort_by_key(|(_, stages)| stages.len());
    let last = classes.len().saturating_sub(1);
    let rule = |(number, (class, stages)): (usize, (&str, Vec<&str>))| {
        if number == last {
            format!("{who}: {class}")
        } else {
            format!("{who} @{}: {class}", stages.join(","))
        }
    };
    classes.into_iter().enumerate().map(rule).collect()
}

/// The shortest names for a group of visitors.
fn together(visitors: &[Visitor]) -> String {
    let mut left: BTreeSet<String> = visitors.iter().map(|each| each.key()).collect();
    let mut words = Vec::new();
    for place in ["own", "other"] {
        for group in ["everybody", "business", "administrators", "writers"] {
            let word = format!("{place}:{group}");
            let keys = Visitor::all().into_iter().map(Visitor::key);
            let members: BTreeSet<_> = keys.filter(|key| names(&word, key)).collect();
            if members.is_subset(&left) {
                left.retain(|key| !members.contains(key));
                words.push(word);
            }
        }
    }
    words.extend(left);
    words.join(", ")
}
