//! What the page says before and after the report: paths, buttons, counters, links.

use crate::Chance;
use crate::paper::{Item, Paper};
use rand::Rng;
use rand::seq::IndexedRandom;

const BEFORE: [&str; 6] = [
    "用微信扫描二维码分享至好友和朋友圈",
    "当前位置：首页 > 政府信息公开 > 政府信息公开年报",
    "【字体：大 中 小】 打印 分享到：",
    "索引号：01234567-8/2024-00012",
    "浏览次数：1234 次",
    "发布日期：2024-01-20 10:32",
];

const AFTER: [&str; 6] =
    ["收起", "智能问答", "政务微博", "政务微信", "打印本页 关闭窗口", "网站标识码：0000000000"];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mut draw = |words: &[&str]| -> Vec<Item> {
        let amount = chance.random_range(1..=4);
        words
            .choose_multiple(chance, amount)
            .map(|text| Item::Furniture((*text).to_owned()))
            .collect()
    };
    let (before, after) = (draw(&BEFORE), draw(&AFTER));
    paper.items.splice(0..0, before);
    paper.items.extend(after);
}
