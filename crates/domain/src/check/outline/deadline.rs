//! Checks that the report was published in time. 《条例》第四十九条：
//! 「县级以上人民政府部门应当在每年1月31日前」，「政府信息公开工作主管部门应当在每年3月31日前」。

use crate::agency::{self, Kind};
use crate::finding::{Finding, Severity, Verdict};
use crate::report::AnnualReport;
use jiff::civil::Date;

/// Departments have until January 31, all others at the latest until March 31.
pub(super) fn check(report: &AnnualReport) -> Finding {
    let (Some(year), Some((signed_on, place))) = (report.year, report.signed_on) else {
        return Finding::of("X-5", Verdict::NotAssessable, "报告没有写明日期。");
    };
    let day = |year: i16, month, day| Date::new(year, month, day).ok();
    let limits = (
        day(year, 12, 1),
        day(year.saturating_add(1), 1, 31),
        day(year.saturating_add(1), 3, 31),
        day(year.saturating_add(2), 1, 1),
    );
    let (Some(earliest), Some(january), Some(march), Some(moved)) = limits else {
        return Finding::of("X-5", Verdict::NotAssessable, "报告年度不可信，无法核对日期。");
    };
    let name = report.agency.as_deref().unwrap_or_default();
    let is_department = agency::kind(name) == Kind::Department && !name.contains("政府办");
    let limit = if is_department { january } else { march };
    let finding = if signed_on < earliest {
        let message = format!("落款日期{}早于报告年度结束。", words(signed_on));
        Finding::of("X-5", Verdict::Uncertain, message).severity(Severity::Note)
    } else if signed_on <= limit {
        let message = format!("{}公布，在{}之前。", words(signed_on), words(limit));
        Finding::of("X-5", Verdict::Holds, message)
    } else {
        let message = format!("落款或发布日期是{}，晚于{}。", words(signed_on), words(limit));
        // A page that came a year later may have been moved from an older site.
        let is_moved = moved <= signed_on;
        let verdict = if is_moved { Verdict::Uncertain } else { Verdict::Fails };
        Finding::of("X-5", verdict, message)
    };
    finding.at(place)
}

fn words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
