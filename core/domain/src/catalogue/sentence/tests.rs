use super::*;
use crate::catalogue::fixture;
use insta::assert_snapshot;
use strum::VariantArray;

/// The sentence that the edition 2020.05-r2 tells of an item in both languages, one a line. Plans that pin it go on
/// telling so.
fn both(item: &str, location: [&str; 2], variant: Option<&str>, values: &[(&str, &str)], verdict: Verdict) -> String {
    told(fixture::earlier(), item, location, variant, values, verdict)
}

/// The sentence that the newest edition tells.
fn newest(item: &str, location: [&str; 2], variant: Option<&str>, values: &[(&str, &str)], verdict: Verdict) -> String {
    told(fixture::catalogue(), item, location, variant, values, verdict)
}

fn told(
    catalogue: &Catalogue,
    item: &str,
    location: [&str; 2],
    variant: Option<&str>,
    values: &[(&str, &str)],
    verdict: Verdict,
) -> String {
    let item = catalogue.item(item).unwrap();
    let values: Vec<FieldValue> = values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect();
    let tell = |location, language: Language| {
        let reason = Some(language.of("设备停用", "out of use"));
        let told = Told { location, ordinal: 1, variant, values: &values, verdict, reason };
        sentence(catalogue, item, &told, language)
    };
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

/// R-142: facility, ordinal and place are named, and the item is not repeated before its own value.
#[test]
fn r_142_a_sentence_names_place_facility_and_ordinal_and_says_a_name_once() {
    let floor = ["三层", "Floor 3"];
    assert_snapshot!(newest("power-genset.c", floor, None, &[("value", "abnormal")], Verdict::Nonconform), @r"
    三层自备发电机组(1)启动蓄电池及仪表：异常。判定结果是不符合
    Floor 3, Standby generator set (1), Starting battery and instruments: abnormal. Verdict: does not conform.
    ");
    assert_snapshot!(newest("ws-tank.d", floor, Some("class-1"), &[("value", "0.1")], Verdict::Conform), @r"
    三层消防水箱(1)（一类高层公共建筑）：最不利点静水压力实测记录为0.10MPa（应不小于0.10MPa）。判定结果是符合
    Floor 3, Fire water tank (1) (Class 1 high-rise public building): Static pressure at the most unfavourable point measured 0.10 MPa (must be at least 0.10 MPa). Verdict: conforms.
    ");
    let named = ["三层自备发电机组旁", "Beside the Standby generator set"];
    assert_snapshot!(newest("power-genset.c", named, None, &[("value", "normal")], Verdict::Conform), @r"
    三层自备发电机组旁(1)启动蓄电池及仪表：正常。判定结果是符合
    Beside the Standby generator set (1), Starting battery and instruments: normal. Verdict: conforms.
    ");
}

/// R-142: the bound that decided is shown although a rule gives it, and a count is no measurement.
#[test]
fn r_142_the_bound_that_decided_is_told_and_a_count_is_not_measured() {
    let spare = [("spare", "10"), ("installed", "1001")];
    assert_snapshot!(newest("spk-wet-head.b", ["", ""], None, &spare, Verdict::Nonconform), @r"
    喷头(1)：备用喷头数量为10只（应不小于11只），安装总数为1001只。判定结果是不符合
    Sprinkler head (1): Number of spare sprinkler heads 10 pieces (must be at least 11 pieces); Number installed 1001 pieces. Verdict: does not conform.
    ");
    let water = [("value", "215.5"), ("design", "216")];
    assert_snapshot!(newest("ws-pool.a", ["", ""], None, &water, Verdict::Nonconform), @r"
    消防水池(1)水位及有效容积：有效储水量实测记录为215.5m³（应不小于216.0m³），设计有效储水量为216.0m³。判定结果是不符合
    Fire water reservoir (1), Water level and effective volume: Effective water quantity measured 215.5 m³ (must be at least 216.0 m³); Design effective water quantity 216.0 m³. Verdict: does not conform.
    ");
    let vessel = [("value", "0.5"), ("design_min", "0.35"), ("design_max", "0.45")];
    assert_snapshot!(newest("ws-airvessel.a", ["", ""], None, &vessel, Verdict::Nonconform), @r"
    气压水罐(1)压力与外观：压力实测记录为0.50MPa（应为0.35~0.45MPa），设计下限为0.35MPa，设计上限为0.45MPa。判定结果是不符合
    Hydropneumatic tank (1), Pressure and appearance: Pressure measured 0.50 MPa (must be 0.35 to 0.45 MPa); Design lower limit 0.35 MPa; Design upper limit 0.45 MPa. Verdict: does not conform.
    ");
    let lamp = [("value", "59"), ("idle", "30")];
    assert_snapshot!(newest("el-sb-nc-lamp.d", ["", ""], Some("other"), &lamp, Verdict::Nonconform), @r"
    应急照明和指示灯具(1)持续应急工作时间（其他建筑）：持续应急时间实测记录为59.0min（应不小于60.0min），非火灾状态设计点亮时间为30.0min。判定结果是不符合
    Emergency luminaire and exit signage (1), Emergency operation duration (Other building): Emergency duration measured 59.0 min (must be at least 60.0 min); Design time lit without a fire 30.0 min. Verdict: does not conform.
    ");
}

/// R-142: an end that should hold is told apart from one that must, and a remark says that it is one.
#[test]
fn r_142_a_remark_says_that_it_is_one() {
    let weak = [("shutoff", "110"), ("p150", "70")];
    assert_snapshot!(newest("ws-pump.e", ["", ""], None, &weak, Verdict::Conform), @r"
    消防水泵(1)出流量和压力试验：零流量压力占设计工作压力的百分比实测记录为110.0%（宜大于120.0%，应不大于140.0%），未达到推荐要求，仅作提示，150%流量时压力占设计工作压力的百分比实测记录为70.0%（应不小于65.0%）。判定结果是符合
    Fire pump (1), Flow and pressure test: Zero-flow pressure as a share of design working pressure measured 110.0 % (should be above 120.0 %; must be at most 140.0 %), not as recommended, which is a remark only; Pressure at 150 % flow as a share of design working pressure measured 70.0 % (must be at least 65.0 %). Verdict: conforms.
    ");
    let first = [("serviced", "false"), ("since_made", "1")];
    assert_snapshot!(newest("ext-powder.b", ["", ""], None, &first, Verdict::Conform), @r"
    干粉灭火器(1)维修期限（首次维修前）：未维修过，出厂年数为1.0年（应小于5.0年）。判定结果是符合
    Dry powder extinguisher (1), Service interval (Before the first service): not serviced before; Years since manufacture 1.0 year (must be below 5.0 years). Verdict: conforms.
    ");
}

/// R-144: what was not tested is told with its reason, whatever the item.
#[test]
fn r_144_an_untestable_record_tells_its_reason() {
    assert_snapshot!(newest("power-genset.a", ["三层", "Floor 3"], None, &[], Verdict::Untestable), @r"
    三层自备发电机组(1)试验发电机自动、手动启动功能：未能测试，原因：设备停用。判定结果是不能测试
    Floor 3, Standby generator set (1), Generator automatic and manual start test: not tested; reason: out of use. Verdict: could not be tested.
    ");
}

/// R-142: every sentence ends with the verdict, in both languages, whatever the item.
#[test]
fn every_item_has_a_sentence_that_ends_with_its_verdict() {
    for (catalogue, item) in [fixture::earlier(), fixture::catalogue()]
        .into_iter()
        .flat_map(|held| held.items().map(move |item| (held, item)))
    {
        for verdict in Verdict::VARIANTS.iter().copied() {
            let told = Told { location: "", ordinal: 1, variant: None, values: &[], verdict, reason: None };
            for (language, end) in [(Language::Chinese, ""), (Language::English, ".")] {
                let text = sentence(catalogue, item, &told, language);
                let ending = format!("{}{end}", catalogue.verdict_word(verdict, language));
                assert!(text.ends_with(&ending) && !text.contains(['{', '}']), "{}: {text}", item.item.id);
            }
        }
    }
}
