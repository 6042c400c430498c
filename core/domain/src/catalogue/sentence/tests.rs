use super::*;
use crate::catalogue::fixture;
use insta::assert_snapshot;
use strum::VariantArray;

/// The sentence of an item in both languages, one a line.
fn both(item: &str, location: [&str; 2], variant: Option<&str>, values: &[(&str, &str)], verdict: Verdict) -> String {
    let catalogue = fixture::catalogue();
    let item = catalogue.item(item).unwrap();
    let values: Vec<FieldValue> = values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect();
    let tell =
        |location, language| sentence(catalogue, item, &Told { location, variant, values: &values, verdict }, language);
    let [chinese, english] = location;
    format!("{}\n{}", tell(chinese, Language::Chinese), tell(english, Language::English))
}

const ROOM: [&str; 2] = ["地下一层机房", "Plant room B1"];

/// R-142: the sample of the manual, with its own template.
#[test]
fn an_item_with_its_own_sentence_tells_it() {
    let values = [("mode", "auto"), ("elapsed", "50")];
    assert_snapshot!(both("power-genset.a", ROOM, None, &values, Verdict::Nonconform), @r"
    地下一层机房的发电机设置状态为自动，物业提供实测记录为50S。判定结果是不符合
    Plant room B1: Generator set to automatic; measured record provided by the property manager: 50 s. Verdict: does not conform.
    ");
    assert_snapshot!(both("power-genset.a", ["", ""], None, &values, Verdict::Nonconform), @r"
    自备发电机组的发电机设置状态为自动，物业提供实测记录为50S。判定结果是不符合
    Standby generator set: Generator set to automatic; measured record provided by the property manager: 50 s. Verdict: does not conform.
    ");
}

/// R-142: an item's own sentence says which field is empty.
#[test]
fn an_own_sentence_says_what_was_not_filled_in() {
    let values = [("hours", "3.0")];
    assert_snapshot!(both("power-genset.b", ROOM, None, &values, Verdict::Untestable), @r"
    地下一层机房储油量可运行3.0h，油位显示未填，燃油标号未填。判定结果是不能测试
    Plant room B1: Fuel lasts 3.0 h; fuel level indication: not filled in; fuel grade: not filled in. Verdict: could not be tested.
    ");
}

#[test]
fn a_number_is_told_with_its_limit() {
    assert_snapshot!(both("fas-area-mcp.c", ROOM, None, &[("value", "30.00")], Verdict::Conform), @r"
    地下一层机房设置间距：到最近按钮的步行距离实测记录为30.00m（限值不大于30m）。判定结果是符合
    Plant room B1: Spacing: Walking distance to the nearest call point measured 30.00 m (limit at most 30 m). Verdict: conforms.
    ");
    assert_snapshot!(both("fas-area-sounder.c", ROOM, None, &[("value", "2.2")], Verdict::Nonconform), @r"
    地下一层机房安装高度：底边距地高度实测记录为2.2m（限值大于2.2m）。判定结果是不符合
    Plant room B1: Mounting height: Height of the lower edge above floor measured 2.2 m (limit above 2.2 m). Verdict: does not conform.
    ");
    assert_snapshot!(both("fas-area-beam.a", ROOM, None, &[("value", "1")], Verdict::Conform), @r"
    地下一层机房火灾报警功能：报警时的减光值实测记录为1dB（限值1~10dB）。判定结果是符合
    Plant room B1: Fire alarm function: Attenuation at alarm measured 1 dB (limit 1 to 10 dB). Verdict: conforms.
    ");
    assert_snapshot!(both("ge-lpco2-tank.a", ROOM, None, &[("value", "10")], Verdict::Nonconform), @r"
    地下一层机房液位与灭火剂损失：灭火剂损失率实测记录为10%（限值小于10%）。判定结果是不符合
    Plant room B1: Level and agent loss: Agent loss measured 10 % (limit below 10 %). Verdict: does not conform.
    ");
    assert_snapshot!(both("ws-tank.e", ROOM, None, &[("value", "-3")], Verdict::Nonconform), @r"
    地下一层机房防冻和水箱间环境：水温或环境温度实测记录为-3℃（限值不小于5℃）。判定结果是不符合
    Plant room B1: Frost protection and condition of the tank room: Water or ambient temperature measured -3 °C (limit at least 5 °C). Verdict: does not conform.
    ");
}

#[test]
fn the_variant_stands_behind_the_item_and_gives_its_limit() {
    assert_snapshot!(both("fas-central-room.c", ROOM, Some("shared"), &[("value", "0.8")], Verdict::Conform), @r"
    地下一层机房接地电阻（共用接地装置）：接地电阻实测记录为0.8Ω（限值不大于1Ω）。判定结果是符合
    Plant room B1: Earthing resistance (Shared earthing): Earthing resistance measured 0.8 Ω (limit at most 1 Ω). Verdict: conforms.
    ");
    let first = [("serviced", "false"), ("since_made", "1"), ("since_service", "4")];
    assert_snapshot!(both("ext-powder.b", ["", ""], None, &first, Verdict::Conform), @r"
    维修期限（首次维修前）：维修过：否，出厂年数实测记录为1年（限值不大于5年）。判定结果是符合
    Service interval (Before the first service): Serviced before: no; Years since manufacture measured 1 year (limit at most 5 years). Verdict: conforms.
    ");
    let later = [("serviced", "true"), ("since_made", "7.5"), ("since_service", "2")];
    assert_snapshot!(both("ext-powder.b", ["", ""], None, &later, Verdict::Conform), @r"
    维修期限（已维修过）：维修过：是，出厂年数实测记录为7.5年，距上次维修年数实测记录为2年（限值不大于2年）。判定结果是符合
    Service interval (Serviced before): Serviced before: yes; Years since manufacture measured 7.5 years; Years since last service measured 2 years (limit at most 2 years). Verdict: conforms.
    ");
}

#[test]
fn several_fields_are_joined_and_design_values_have_no_limit() {
    let values = [("value", "216"), ("design", "216")];
    assert_snapshot!(both("ws-pool.a", ROOM, None, &values, Verdict::Conform), @r"
    地下一层机房水位及有效容积：有效储水量实测记录为216m³，设计有效储水量为216m³。判定结果是符合
    Plant room B1: Water level and effective volume: Effective water quantity measured 216 m³; Design effective water quantity 216 m³. Verdict: conforms.
    ");
    assert_snapshot!(both("ws-pool.a", ROOM, None, &[("value", "216")], Verdict::Conform), @r"
    地下一层机房水位及有效容积：有效储水量实测记录为216m³。判定结果是符合
    Plant room B1: Water level and effective volume: Effective water quantity measured 216 m³. Verdict: conforms.
    ");
    let reel = [("bore", "19"), ("length", "29")];
    assert_snapshot!(both("hi-reel.b", ROOM, None, &reel, Verdict::Conform), @r"
    地下一层机房软管规格：软管内径实测记录为19mm（限值不小于19mm），软管长度实测记录为29m（限值30m）。判定结果是符合
    Plant room B1: Hose specification: Hose inside diameter measured 19 mm (limit at least 19 mm); Hose length measured 29 m (limit 30 m). Verdict: conforms.
    ");
    let spare = [("spare", "1"), ("installed", "100")];
    assert_snapshot!(both("spk-wet-head.b", ROOM, None, &spare, Verdict::Nonconform), @r"
    地下一层机房备用喷头数量：备用喷头数量实测记录为1只（限值不小于10只），安装总数实测记录为100只。判定结果是不符合
    Plant room B1: Number of spare sprinkler heads: Number of spare sprinkler heads measured 1 piece (limit at least 10 pieces); Number installed measured 100 pieces. Verdict: does not conform.
    ");
}

#[test]
fn a_choice_and_a_text_are_told_as_they_are() {
    assert_snapshot!(both("power-panel.a", ROOM, None, &[("value", "no-transfer")], Verdict::Nonconform), @r"
    地下一层机房试验主、备电切换功能：不能自动切换。判定结果是不符合
    Plant room B1: Main and standby supply transfer test: no automatic transfer. Verdict: does not conform.
    ");
    assert_snapshot!(both("sev-items.a", ROOM, None, &[("note", "手续齐全 {verdict} {x")], Verdict::Conform), @r"
    地下一层机房消防合法性：手续齐全 {verdict} {x。判定结果是符合
    Plant room B1: Fire safety legality: 手续齐全 {verdict} {x. Verdict: conforms.
    ");
    let site = [("system", "power"), ("checkable", "checkable"), ("note", "完好")];
    assert_snapshot!(both("si-record.a", ROOM, None, &site, Verdict::Conform), @r"
    地下一层机房现场检测记录：消防系统：消防供电配电，能否检查：能检查，完好。判定结果是符合
    Plant room B1: Site inspection record: Fire protection system: Fire power supply and distribution; Can it be checked: can be checked; 完好. Verdict: conforms.
    ");
}

#[test]
fn a_record_without_any_answer_still_says_its_verdict() {
    assert_snapshot!(both("fas-area-mcp.c", ROOM, None, &[], Verdict::Untestable), @r"
    地下一层机房设置间距：未填。判定结果是不能测试
    Plant room B1: Spacing: not filled in. Verdict: could not be tested.
    ");
}

/// R-142: every sentence ends with the verdict, in both languages, whatever the item.
#[test]
fn every_item_has_a_sentence_that_ends_with_its_verdict() {
    let catalogue = fixture::catalogue();
    for item in catalogue.items() {
        for verdict in Verdict::VARIANTS.iter().copied() {
            let told = Told { location: "", variant: None, values: &[], verdict };
            for (language, end) in [(Language::Chinese, ""), (Language::English, ".")] {
                let text = sentence(catalogue, item, &told, language);
                let ending = format!("{}{end}", catalogue.verdict_word(verdict, language));
                assert!(text.ends_with(&ending) && !text.contains(['{', '}']), "{}: {text}", item.item.id);
            }
        }
    }
}
