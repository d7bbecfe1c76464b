//! The description of the API: OpenAPI for programs, a page for people, both made of the same.

use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::site::Site;
use askama::Template;
use axum::Json;
use utoipa::openapi::RefOr;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "政府信息公开数据接口",
        description = "公开数据只读，内容与公开网页相同，可以自由取用；台账报送凭令牌写入。",
        version = "1"
    ),
    paths(
        super::read::organs,
        super::read::items,
        super::read::item,
        super::read::catalogue,
        super::read::statistics,
        super::registers::take,
        crate::public::search::api::show,
        crate::public::requests::clock_api::reckoned
    ),
    modifiers(&Secured)
)]
struct Document;

/// Names the token of the registers.
struct Secured;

impl Modify for Secured {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("register_token", scheme);
    }
}

/// The description for programs.
pub async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

/// An address of the API, for people.
pub(crate) struct Described {
    pub verb: &'static str,
    pub path: String,
    pub summary: &'static str,
    pub parameters: Vec<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "public/api.html")]
pub(crate) struct Page {
    pub frame: Frame,
    pub described: Vec<Described>,
}

/// The page for people.
pub async fn page(Site { frame, .. }: Site) -> Answer {
    html(&Page { frame, described: described() })
}

/// What people are told of an address; the names of addresses and parameters come from the document.
const SUMMARIES: [(&str, &str); 8] = [
    ("/api/v1/organs", "全部机关，含联系方式、曾用名"),
    ("/api/v1/items", "已公开信息的列表，可筛选、分页"),
    ("/api/v1/items/{id}", "一条信息的全文、元数据和附件地址"),
    ("/api/v1/catalogue", "栏目、类别、法定事项、主题分类、有效性的代码和名称"),
    ("/api/v1/statistics", "一年的公开情况：按月份、机关、类别"),
    ("/api/v1/search", "在已公开的信息中检索，可筛选、分页"),
    (
        "/api/v1/registers/{register}",
        "业务系统凭令牌报送台账（JSON）：整批接收或者整批退回并逐行说明，同一个号重发不重复登记",
    ),
    ("/api/v1/clock", "期限计算器：用 POST 提交收到日期和事件（JSON），逐日答复期限"),
];

const PARAMETERS: [(&str, &str); 13] = [
    ("id", "信息的标识"),
    ("register", "台账代码：permit、penalty、coercion、fee 等"),
    ("Idempotency-Key", "请求头：这一批的号，重发时不变"),
    ("q", "要查找的词"),
    ("sort", "排序：date 按时间，不写按相关程度"),
    ("organ", "机关的标识"),
    ("kind", "类别代码"),
    ("subject", "主题分类代码，包括其下各类"),
    ("year", "公开的年份"),
    ("validity", "有效性代码，以今天为准"),
    ("number", "发文字号的一部分"),
    ("page", "第几页，从 1 开始"),
    ("per_page", "每页条数，最多 100"),
];

pub(crate) fn described() -> Vec<Described> {
    let word = |words: &[(&str, &'static str)], name: &str| {
        words.iter().find(|(each, _)| *each == name).map_or("", |(_, said)| said)
    };
    let mut all = Vec::new();
    for (path, item) in Document::openapi().paths.paths {
        let verb = if item.get.is_some() { "GET" } else { "POST" };
        let operation = item.get.or(item.post);
        let operation = operation.and_then(|each| each.parameters).unwrap_or_default();
        // A parameter that is only referred to has no name here; none of ours is.
        let named = operation.into_iter().filter_map(|each| match each {
            RefOr::T(parameter) => Some(parameter.name),
            RefOr::Ref(_) => None,
        });
        let parameters = named.map(|name| (name.clone(), word(&PARAMETERS, &name)));
        all.push(Described {
            verb,
            summary: word(&SUMMARIES, &path),
            parameters: parameters.collect(),
            path,
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_address_of_the_api_is_described_and_every_description_has_its_address() {
        let routes = crate::routes();
        let served: BTreeSet<_> = routes
            .iter()
            .map(|route| route.path)
            .filter(|path| path.starts_with("/api/v1/") && *path != "/api/v1/openapi.json")
            .map(str::to_owned)
            .collect();
        let document = Document::openapi();
        let described: BTreeSet<_> = document.paths.paths.keys().cloned().collect();
        assert_eq!(served, described);
    }

    #[test]
    fn people_are_told_what_every_address_and_parameter_means() {
        for described in described() {
            assert!(!described.summary.is_empty(), "{}", described.path);
            assert!(described.parameters.iter().all(|(_, said)| !said.is_empty()));
        }
    }

    #[test]
    fn the_description_is_openapi_3_1() {
        let json = serde_json::to_value(Document::openapi()).expect("JSON");
        assert!(json["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    }
}
