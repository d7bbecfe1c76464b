//! The settings as they are in force, each with where it comes from and what it would be otherwise.
//!
//! Secrets stand in no setting: they come from the environment or from files of their own.

use super::{Config, ConfigError};
use crate::start::Place;
use serde::Serialize;
use serde_json::Value;

/// A setting.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Shown {
    /// The section and the name: `site.name`.
    pub key: String,
    /// The value, as it would be written in `gongkai.toml`.
    pub value: String,
    /// Where it comes from.
    pub source: &'static str,
    /// What it is where nobody sets it.
    pub default: String,
}

const FILE: &str = "gongkai.toml";
const DEFAULT: &str = "默认";
const ASKED: &str = "命令行或环境变量";

/// Every setting of an installation.
///
/// # Errors
/// When `gongkai.toml` cannot be used.
pub fn shown(place: &Place) -> Result<Vec<Shown>, ConfigError> {
    let config = Config::read(&place.data)?;
    let text = std::fs::read_to_string(place.data.join(FILE)).unwrap_or_default();
    let set: toml::Table = toml::from_str(&text).unwrap_or_default();
    let value = |config: &Config| serde_json::to_value(config).expect("settings have text keys");
    let (now, default) = (value(&config), value(&Config::default()));
    let mut all = outside(place);
    for (section, fields) in now.as_object().into_iter().flatten() {
        for (name, value) in fields.as_object().into_iter().flatten() {
            let is_set = set.get(section).and_then(|found| found.get(name)).is_some();
            all.push(Shown {
                key: format!("{section}.{name}"),
                value: written(value),
                source: if is_set { FILE } else { DEFAULT },
                default: written(&default[section][name]),
            });
        }
    }
    Ok(all)
}

/// What is given with the command or by the environment.
fn outside(place: &Place) -> Vec<Shown> {
    let one = |key: &str, asked: Option<String>, default: &str| Shown {
        key: key.to_owned(),
        source: if asked.is_some() { ASKED } else { DEFAULT },
        value: asked.unwrap_or_else(|| default.to_owned()),
        default: default.to_owned(),
    };
    let database = place.database.as_deref().map(without_password);
    vec![
        one("data", Some(place.data.display().to_string()), "gongkai-data"),
        one("database", database, "数据目录里的 gongkai.db"),
        one("files", place.files.clone(), "数据目录里的 files"),
    ]
}

/// An address without what stands between the scheme and the host.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) => format!("{}…{}", &address[..scheme + 3], &address[at..]),
        _ => address.to_owned(),
    }
}

fn written(value: &Value) -> String {
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_says_where_it_comes_from_and_no_password_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "[site]\nname = \"甲县\"\n").unwrap();
        let database = Some("postgres://user:geheim@host/db?x=1".to_owned());
        let place = Place { data: folder.path().to_owned(), database, ..Place::default() };
        let all = shown(&place).unwrap();
        let find = |key: &str| all.iter().find(|each| each.key == key).unwrap();
        assert_eq!(
            (find("site.name").value.as_str(), find("site.name").source),
            ("\"甲县\"", FILE)
        );
        assert_eq!(find("passwords.min_length").source, DEFAULT);
        assert_eq!(find("database").value, "postgres://…@host/db?x=1");
        assert!(all.iter().all(|each| !each.value.contains("geheim")));
    }
}
