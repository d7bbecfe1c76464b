//! Cell values as people see them.

use calamine::{DataRef, ExcelDateTime};

/// The text of a value; `format` is its number format, where the file tells.
pub(super) fn text(value: &DataRef, format: Option<&str>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => match format.and_then(percent_decimals) {
            Some(decimals) => format!("{:.decimals$}%", number * 100.0),
            None => float(*number),
        },
        DataRef::String(text) => plain(text),
        DataRef::SharedString(text) => plain(text),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(moment) => date_time(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Line ends as the model has them.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace("_x000D_", "")
}

/// A number with the fifteen digits that workbooks keep, without the noise of binary fractions.
fn float(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// How many decimals a percent format shows; nothing if it is no percent format.
fn percent_decimals(format: &str) -> Option<usize> {
    let first = format.split(';').next().unwrap_or_default();
    let before = first.strip_suffix('%')?;
    Some(before.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len()))
}

fn date_time(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return float(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    };
    if moment.as_f64().fract() == 0.0 {
        date
    } else if moment.as_f64() < 1.0 {
        time
    } else {
        format!("{date} {time}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lose_the_noise_of_binary_fractions_and_nothing_else() {
        for (number, expected) in [
            (230.0, "230"),
            (13713.889999999998, "13713.89"),
            (0.092, "0.092"),
            (0.1 + 0.2, "0.3"),
            (-3.0, "-3"),
            (-0.0, "0"),
            (123456789012.0, "123456789012"),
            (1e21, "1000000000000000000000"),
        ] {
            assert_eq!(text(&DataRef::Float(number), None), expected);
        }
    }

    #[test]
    fn a_percent_cell_shows_percent() {
        assert_eq!(text(&DataRef::Float(0.4567), Some("0.00%")), "45.67%");
        assert_eq!(text(&DataRef::Float(0.5), Some("0%")), "50%");
        assert_eq!(text(&DataRef::Float(0.5), Some("0.00")), "0.5");
    }
}
