//! Tables of two forms in one report: table two of one form, tables three and four of the other.

use crate::Chance;
use crate::truth::Plan;
use gongkai_domain::form::forms;

pub(super) fn spoil(plan: &mut Plan, chance: &mut Chance) {
    let [two, _, _] = plan.forms;
    let other = forms().iter().find(|form| form.key != two.key).expect("there are two forms");
    plan.forms = [two, other, other];
    plan.draw_figures(chance);
}
