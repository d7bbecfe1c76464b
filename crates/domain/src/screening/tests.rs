//! What screening finds, and above all what it lets alone.

use super::numbers::id_check;
use super::*;
use proptest::prelude::*;

/// An identity number with a right check digit; the person is invented.
fn id(body: &str) -> String {
    format!("{body}{}", id_check(body))
}

fn keys(text: &str) -> Vec<String> {
    Screener::official().screen(&[text]).into_iter().map(|alarm| alarm.key).collect()
}

#[test]
fn the_check_digit_is_that_of_the_standard() {
    // The two examples of GB 11643.
    assert_eq!(id_check("11010519491231002"), 'X');
    assert_eq!(id_check("44052418800101001"), '4');
}

#[test]
fn numbers_of_persons_are_found_and_masked() {
    let cases = [
        ("身份证号11010519491231002X。", "id_card", "110105********002X"),
        ("身份证号11010519491231002ｘ", "id_card", "110105********002ｘ"),
        ("（１１０１０５１９４９１２３１００２Ｘ）", "id_card", "１１０１０５********００２Ｘ"),
        ("110105 19491231 002X", "id_card", "110105 ******** 002X"),
        ("110105-1949-1231-002 X", "id_card", "110105-****-****-002 X"),
        ("身份证号110105194912310021", "id_card_doubtful", "110105********0021"),
        ("王某110105491231002", "id_card_15", "110105*****1002"),
        ("联系人王某，13812345678。", "mobile", "138****5678"),
        ("手机138 1234 5678", "mobile", "138 **** 5678"),
        ("手机138-1234-5678", "mobile", "138-****-5678"),
        ("手机１３８１２３４５６７８", "mobile", "１３８****５６７８"),
        ("手机1 3 8 1 2 3 4 5 6 7 8", "mobile", "1 3 8 * * * * 5 6 7 8"),
        ("手机+86 138 1234 5678", "mobile", "86 138 **** 5678"),
        ("手机0086-13812345678", "mobile", "0086-138****5678"),
        ("Tel:13812345678", "mobile", "138****5678"),
        ("tel13812345678", "mobile", "138****5678"),
        ("1.13812345678", "mobile", "138****5678"),
        ("13812345678万某", "mobile", "138****5678"),
        ("请拨打13812345678人工服务", "mobile", "138****5678"),
        ("家庭电话：0551-62345678", "landline", "0551-62****78"),
        ("住宅电话(0551)62345678", "landline", "62****78"),
        ("宅电 6234567", "landline", "6****67"),
        ("卡号6222021234567890128", "bank_card", "622202*********0128"),
        ("卡号6222 0212 3456 7890 128", "bank_card", "6222 02** **** ***0 128"),
        ("4111111111111111", "bank_card_doubtful", "411111******1111"),
        ("车牌皖A12345", "plate", "皖A***45"),
        ("车牌皖A·12345", "plate", "皖A·***45"),
        ("皖AD12345号牌", "plate", "皖A****45"),
        ("皖A1234学", "plate", "皖A***4学"),
        ("护照号E12345678", "passport", "E1*****78"),
        ("护照：EA1234567", "passport", "EA*****67"),
    ];
    let screener = Screener::official();
    for (text, key, shown) in cases {
        let alarms = screener.screen(&[text]);
        let found: Vec<(&str, &str)> =
            alarms.iter().map(|alarm| (alarm.key.as_str(), alarm.shown.as_str())).collect();
        assert_eq!(found, [(key, shown)], "{text}");
        assert!(!alarms[0].message.contains(text) && alarms[0].message.contains(shown));
        let masked = masked(&[text], &alarms);
        assert!(masked[0].contains(shown), "{masked:?}");
        assert_eq!(screener.screen(&[&masked[0]]), [], "{masked:?}");
    }
}

#[test]
fn what_only_looks_like_a_number_of_a_person_is_let_alone() {
    let cases = [
        "国办公开办函〔2021〕30号",
        "合计13812345678元",
        "金额：13812345678",
        "总投资13812345678.50元",
        "增长0.13812345678",
        "13,812,345,678元",
        "发文编号：13812345678",
        "项目代码2104-340000-04-01-138123",
        "2021-13812345678-01",
        "统一社会信用代码11370900004341590P",
        "索引号：11370900004341590P/2017-00150",
        "000014349/2017-00110",
        "受理电话：0551-62345678，传真：0551-62345679",
        "监督电话12345",
        "服务热线400-123-4567",
        "http://www.example.gov.cn/art/13812345678.html",
        "WX13812345678",
        "138 1234 5678 9012 345",
        "110105194913310021",
        "990105194912310021",
        "11010519491231002X5",
        "4111111111111112",
        "订单号4111111111111111",
        "地块编号皖A12345",
        "苏B2-20201234",
        "皖A123456",
        "皖A12345号文",
        "京ICP备12345678号",
        "产品E12345678",
        "2021年5月13日至2022年12月31日",
        "23401234567890",
        "第13812345678号",
        "110105********002X",
        "138****5678",
        "",
    ];
    for text in cases {
        assert_eq!(keys(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn places_are_those_of_the_block_in_characters() {
    let alarms = Screener::official().screen(&["没有", "电话：13812345678，另13912345678"]);
    let places: Vec<Stretch> = alarms.iter().map(|alarm| alarm.place).collect();
    assert_eq!(
        places,
        [Stretch { block: 1, start: 3, end: 14 }, Stretch { block: 1, start: 16, end: 27 },]
    );
}

#[test]
fn numbers_of_the_office_itself_are_allowed_however_they_are_written() {
    let screener = Screener::official().allowing(["138-1234-5678", ""]);
    assert_eq!(screener.screen(&["电话13812345678或+86 138 1234 5678"]), []);
    assert_eq!(screener.screen(&["电话13812345679"]).len(), 1);
}

#[test]
fn marks_of_secrecy_are_found_where_they_stand_as_marks() {
    let cases = [
        ("机密★10年", "secrecy.highly_secret"),
        ("机  密 ★ 10年", "secrecy.highly_secret"),
        ("绝密", "secrecy.top_secret"),
        ("标题\n秘密\n正文", "secrecy.secret"),
        ("【内部】", "secrecy.internal"),
        ("密级：秘密，保存", "secrecy.secret"),
        ("本册为内部资料，请保存", "secrecy.internal_material"),
        ("（此件不予公开）", "secrecy.this_not_public"),
        ("（此件依申请公开）", "secrecy.this_on_request"),
        ("关于乙办法的说明（送审稿）", "secrecy.working_draft"),
        ("（内部讨论稿）", "secrecy.working_draft"),
        ("仅供工作使用，请勿外传。", "secrecy.no_spreading"),
    ];
    for (text, key) in cases {
        assert_eq!(keys(text), [key], "{text}");
    }
    let silent = [
        "属于国家秘密、商业秘密的不得公开",
        "加强内部管理和内部审计",
        "分为绝密、机密、秘密三级",
        "标注“秘密”字样",
        "内部资料性出版物管理办法",
        "（此件公开发布）",
        "不予公开的，说明理由",
        "公开征求意见稿",
    ];
    for text in silent {
        assert_eq!(keys(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn slips_of_writing_are_found_and_right_words_that_hold_them_are_not() {
    let screener = Screener::official();
    let alarms = screener.screen(&["竟争激烈，请填写银行帐 号，截止目前已做出决定。"]);
    let found: Vec<(&str, &str)> =
        alarms.iter().map(|alarm| (alarm.key.as_str(), alarm.shown.as_str())).collect();
    assert_eq!(
        found,
        [
            ("wording.compete", "竟争"),
            ("wording.account", "帐 号"),
            ("wording.until", "截止目前"),
            ("wording.make_decision", "做出决定"),
        ]
    );
    assert_eq!(masked(&["竟争"], &alarms), ["竞争"]);
    let silent = [
        "究竟争什么",
        "上报消防救援机构",
        "形势严峻工作任务重",
        "批复盖章后生效",
        "发布署名文章",
        "研发韧性材料",
        "为灾民建帐篷",
        "12月份内完成",
        "身份内容",
        "习惯彻底改变",
        "嘉奖厉行节约",
        "全部份额",
        "按装机容量计算",
    ];
    for text in silent {
        assert_eq!(keys(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_wrong_word_is_found_once_in_its_own_words_and_its_right_form_is_silent() {
    for entry in load::official_wording() {
        for wrong in &entry.wrong {
            assert_eq!(keys(wrong), [format!("wording.{}", entry.key)], "{wrong}");
        }
        if entry.replace {
            assert_eq!(keys(&entry.right), Vec::<String>::new(), "{}", entry.right);
        }
        for longer in &entry.except {
            assert!(entry.wrong.iter().any(|wrong| longer.contains(wrong)), "{longer}");
            assert_eq!(keys(longer), Vec::<String>::new(), "{longer}");
        }
    }
}

#[test]
fn a_place_adds_wording_of_its_own() {
    let text = "[[wording]]\nkey = \"local.hall\"\nwrong = [\"办事大庭\"]\nright = \"办事大厅\"\n\
                replace = true\nseverity = \"error\"\n";
    let screener = Screener::official().with_wording("本地用语.toml", text).unwrap();
    let alarms = screener.screen(&["请到办事大庭办理"]);
    assert_eq!(alarms[0].message, "“办事大庭”写法有误。");
    assert_eq!(masked(&["请到办事大庭办理"], &alarms), ["请到办事大厅办理"]);
    let cases = [
        (text.repeat(2), "“local.hall”重复"),
        (text.replace("local.hall", "account"), "“account”重复"),
        (text.replace("[\"办事大庭\"]", "[]"), "“local.hall”没有名称"),
        (text.replace("大庭", "大厅"), "与错误写法相同"),
        ("wording = 1".to_owned(), "不能读取"),
    ];
    for (text, expected) in cases {
        let fault = Screener::official().with_wording("本地用语.toml", &text).err().unwrap();
        let message = fault.to_string();
        assert!(message.contains("本地用语.toml") && message.contains(expected), "{message}");
    }
}

#[test]
fn alarms_that_do_not_fit_the_text_change_nothing() {
    let alarms = Screener::official().screen(&["前文，电话13812345678"]);
    assert_eq!(masked(&["短", ""], &alarms), ["短", ""]);
    assert_eq!(masked(&[], &alarms), Vec::<String>::new());
    let twice = [alarms.clone(), alarms].concat();
    assert_eq!(masked(&["前文，电话13812345678"], &twice), ["前文，电话138****5678"]);
}

#[test]
fn a_long_hostile_text_is_screened_in_one_pass() {
    const N: usize = 20_000;
    let cases = [
        ("13812345678,".repeat(N), N),
        (format!("1{}", " ".repeat(10 * N)), 0),
        ("1 ".repeat(N), 0),
        ("9".repeat(10 * N), 0),
        ("内".repeat(N), 0),
        ("皖A".repeat(N), 0),
        (format!("{}13812345678", "a".repeat(10 * N)), 0),
    ];
    for (text, n_alarms) in cases {
        assert_eq!(keys(&text).len(), n_alarms, "{}", &text[..3]);
    }
}

/// Chinese prose without figures, letters or words that are looked for.
fn prose() -> impl Strategy<Value = String> {
    "[为了进一步规范政府信息公开工作根据有关规定结合实际制定本办法，。、；（）\n　]{0,40}"
}

/// How people write a number: as it is, wide, or broken.
fn written(number: &str, style: usize) -> String {
    let wide = |each: char| match each {
        '0'..='9' | 'X' => char::from_u32(u32::from(each) + 0xfee0).unwrap(),
        other => other,
    };
    let broken = |at: &[usize], mark: &str| {
        let mut text = number.to_owned();
        for place in at.iter().rev() {
            text.insert_str(*place, mark);
        }
        text
    };
    match (style, number.len()) {
        (1, _) => number.chars().map(wide).collect(),
        (2, 11) => broken(&[3, 7], " "),
        (3, 11) => broken(&[3, 7], "-"),
        (2, 18) => broken(&[6, 14], " "),
        (3, 18) => broken(&[6, 10, 14], "－"),
        (2 | 3, 19) => broken(&[4, 8, 12, 16], " "),
        _ => number.to_owned(),
    }
}

fn bank_card(body: &str) -> String {
    let with = |check| format!("{body}{check}");
    // An independent Luhn: double every second figure, cast out nines.
    let sum = |number: &str| -> u32 {
        let figures = number.chars().rev().map(|each| each.to_digit(10).unwrap()).enumerate();
        figures
            .map(|(place, value)| if place % 2 == 0 || value == 9 { value } else { value * 2 % 9 })
            .sum()
    };
    (0..10).map(with).find(|number| sum(number) % 10 == 0).unwrap()
}

proptest! {
    #[test]
    fn every_planted_number_is_found_and_only_it(
        before in prose(),
        after in prose(),
        style in 0_usize..4,
        kind in 0_usize..3,
        (year, month, day, serial) in (1900_u32..2030, 1_u32..13, 1_u32..29, 0_u32..1000),
        tail in 0_u64..1_000_000_000,
    ) {
        let (key, number) = match kind {
            0 => ("id_card", id(&format!("340123{year}{month:02}{day:02}{serial:03}"))),
            1 => ("mobile", format!("1{}{tail:09}", 3 + serial % 7)),
            _ => ("bank_card", bank_card(&format!("622202{tail:012}"))),
        };
        let shown = written(&number, style);
        let text = format!("{before}甲{shown}乙{after}");
        let alarms = Screener::official().screen(&[&text]);
        let found: Vec<&str> = alarms.iter().map(|alarm| alarm.key.as_str()).collect();
        prop_assert_eq!(found, vec![key], "{}", text);
        let start = before.chars().count() + 1;
        let place = Stretch { block: 0, start, end: start + shown.chars().count() };
        prop_assert_eq!(alarms[0].place, place);
        prop_assert!(!masked(&[&text], &alarms)[0].contains(&shown));
    }

    #[test]
    fn prose_with_numbers_of_papers_dates_and_sums_is_silent(
        before in prose(),
        after in prose(),
        (year, number, cents) in (1990_u32..2050, 1_u64..100_000_000_000, 0_u32..100),
    ) {
        let texts = [
            format!("{before}甲政办发〔{year}〕{}号{after}", number % 1000),
            format!("{before}金额{number}元{after}"),
            format!("{before}{number}.{cents:02}万元{after}"),
            format!("{before}{year}年{}月{}日{after}", number % 12 + 1, number % 28 + 1),
            format!("{before}000014349/{year}-{:05}{after}", number % 100_000),
        ];
        for text in texts {
            prop_assert_eq!(keys(&text), Vec::<String>::new(), "{}", text);
        }
    }

    #[test]
    fn no_text_breaks_the_screening(text in ".*|[0-9Xx ０-９\\-皖A★密]{0,60}") {
        let alarms = Screener::official().screen(&[&text]);
        let n_characters = text.chars().count();
        for alarm in &alarms {
            prop_assert!(alarm.place.start < alarm.place.end && alarm.place.end <= n_characters);
        }
        let _ = masked(&[&text], &alarms);
    }
}
