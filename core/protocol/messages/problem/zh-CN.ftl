# 每个错误两句话：发生了什么，接下来怎么做。
## Signing in, and one device an account

problem-signed-in-elsewhere = 此账号已在“{ $device }”上登录，最近一次联络是{ $last_seen }，那里还有 { $unsent } 条记录未上传。请先在那部手机上退出登录；手机已丢失时，请企业管理人员强制退出。
problem-sign-in-failed = 账号或密码不正确。请检查后重新输入；忘记密码时，请企业管理人员重置。
problem-account-unknown = 没有这个账号。请检查登录账号。
problem-account-disabled = 此账号已被禁用。手机里的记录会继续上传，由项目负责人或企业管理人员决定是否采纳；请联系企业管理人员开启账号。
problem-client-not-allowed = 此类账号不能在这里登录。现场作业人员请使用手机应用，企业管理人员请使用管理台。
problem-token-expired = 登录凭证已到期。系统会自动换取新的凭证并重试。
problem-sign-in-again = 需要重新登录。手机里的记录不会丢失，登录后继续上传。
problem-store-revoked = 这部手机的上传权限已被管理员撤销。记录仍保留在手机里，请导出后交给管理员。
problem-store-mismatch = 这次上传与登录的手机不符，已停止。记录仍保留在手机里，请退出后重新登录，仍不行时请导出。
problem-fenced = 账号已从这部手机解除，或已在另一部手机上登录，现在不能再在这部手机上记录。已有的记录和照片会继续上传，由项目负责人或企业管理人员决定是否采纳；要继续在这部手机上工作，请重新登录。
problem-claim-spent = 这次登录请求已经用过。请重新登录。
problem-incarnation-changed = 服务器从备份恢复过，需要重新登录。手机里的记录都保留着，登录后会自动核对并补传。
problem-unsent-data = 还有 { $facts } 条记录、{ $blobs } 个文件还没有安全保存在服务器，现在不能退出登录或清除数据。请连上网络等待上传完成，或先导出交给管理员。
problem-recipient-missing = 手机还没有收到用于加密导出文件的密钥。请先让手机连上服务器登录一次，再导出。
problem-nothing-unsent = 手机里的内容已全部到达服务器。不需要导出文件。
problem-export-unreadable = 导出文件不完整或已损坏，没有导入任何内容。请从手机上重新导出，再完整地拷贝过来。
problem-export-foreign = 这个文件不是为本企业的服务器导出的，没有导入任何内容。请核对文件来自哪部手机、哪个企业。
problem-export-missing = 没有选择文件。请选择手机导出的文件后再提交。
problem-still-signed-in = 这部手机还在使用账号，不能清除数据。请先退出登录。
problem-track-running = 轨迹还在记录中，现在不能退出登录或清除数据。请先停止记录，等待上传完成后再试。
problem-not-signed-in = 尚未登录，不能记录。请连上网络登录一次，之后没有网络也可以工作。
problem-key-unavailable = 暂时无法使用手机里的密钥。记录照常保存，请解锁手机或稍后再试。
problem-password-too-short = 密码太短。请至少使用 8 个字符。
problem-password-too-common = 这个密码太常见，容易被猜中。请换一个。
problem-password-wrong = 当前密码不正确。请重新输入。
problem-password-differs = 两次输入的新密码不一样。请重新输入。
problem-password-same = 新密码与当前密码相同。请换一个。
problem-password-change-required = 当前密码由他人设置，必须先修改。请设置自己的新密码，再用新密码登录。
problem-give-up-not-confirmed = 作废密钥会永久放弃该手机未发送的记录。请勾选确认，或保留密钥。
problem-form-expired = 页面停留太久，这次提交没有生效。请刷新页面后再提交一次。
problem-proxy-origin = 浏览器里的网址与服务器收到的网址不一致。请系统管理员让反向代理传递 Host 和 X-Forwarded-Proto（见 docs/operations.md）。
problem-store-of-other-account = 这份记录属于另一个账号。请退出后用原账号登录，或换一个账号目录。
problem-key-gone = 这部手机的签名密钥已不存在，不能再在这部手机上记录。请联系企业管理人员，已记录的内容会保留。

## The wire

problem-malformed-frame = 上传内容的首行有误，服务器没有接收。记录仍保留在手机里，请更新应用并联系技术支持。
problem-gap = 服务器缺少前面的记录。手机会自动从缺少处重新上传。
problem-diverged = 服务器上的记录与手机里的不一致，不能再在这部手机上记录。两边的数据都已保留，请联系技术支持，不要删除应用。
problem-unsigned = 手机上传的记录没有签名，服务器没有接收。手机会签名后再次上传。
problem-chain-mismatch = 签名与记录不符，服务器没有接收。手机会重新读取记录并再次上传。
problem-offset-mismatch = 文件的续传位置不一致。手机会从服务器已有的位置继续上传。
problem-blob-not-announced = 这个文件没有对应的记录，服务器没有接收。手机会先上传记录，再上传文件。
problem-blob-not-named = 记录登记了它没有提到的文件，已接收但不计入。请把应用更新到最新版本。
problem-photo-not-a-picture = 这张照片的文件不是图片，不能作为证据。请审核不通过，由执行人撤回照片后重新拍摄。
problem-length-mismatch = 文件的长度与记录所写的不符，服务器没有接收。手机会检查文件并再次上传。
problem-blob-mismatch = 收到的文件与登记的指纹不一致，已丢弃。手机会检查原文件并重新上传。
problem-nonce-spent = 本次请求的一次性编号已使用或已过期。手机会自动重新获取。
problem-signature-invalid = 手机的签名校验不通过，未作任何更改。请重新打开应用再试；如再次出现，请联系技术支持。
problem-checksum-mismatch = 文件的一部分在传输中损坏，已丢弃。手机会自动重新发送该部分。
problem-tus-version-unsupported = 上传使用了服务器不支持的版本。请更新应用后再试。
problem-cursor-expired = 手机太久没有同步，需要重新下载资料。下载会自动开始，本机记录不受影响。
problem-too-large = 内容超出大小限制，没有被接收。请分成较小的部分再试。
problem-upgrade-required = 应用版本过旧，无法继续同步资料。请更新应用，已有记录仍可上传。
problem-slow-down = 服务器正忙。手机会稍后自动重试。
problem-blobs-full = 服务器存储空间不足，照片暂停上传，记录照常上传。请告知管理员；有空间后照片会自动继续上传。
problem-uploads-unfinished = 这部手机开始上传而没有传完的文件太多。手机会先传完已开始的文件；如一直如此，请联系技术支持。
problem-disk-full = 存储空间不足，不能再保存。请清理空间，已保存的记录不受影响。
problem-storage-failed = 手机没能保存。请检查存储空间后重试，已保存的记录不受影响。
problem-network-error = 无法连接服务器。记录已存在手机里，有网络时会自动上传。
problem-captive-portal = 当前网络需要先在网页上登录。请打开浏览器完成登录，或换用其他网络。
problem-network-refuses-size = 当前网络不允许上传这么大的文件。请换用其他网络或告知管理员，手机会自动重试。
problem-server-unverified = 无法确认服务器的身份，收到的答复不作数。请检查网络；仍出现时请联系管理员。
problem-patch-unfit = 收到的变更与手机上的资料对不上。手机会自动重新获取完整资料，不会丢失任何记录。
problem-receipt-invalid = 无法确认服务器的回执，因此都不算已收到。记录都保留着并会再次上传；仍出现时请联系管理员。
problem-rolled-back = 手机里的记录库比服务器已收到的更旧，可能恢复过备份，不能再在这部手机上记录。请联系技术支持，不要删除应用。
problem-other-install = 记录库来自另一次安装，不能再在这部手机上记录。已有记录都保留着，请联系技术支持，不要删除应用。
problem-lost-on-server = 服务器要求重传的记录在手机里已经清理。请联系管理员，手机里其余的记录都保留着。
problem-cache-unavailable = 暂时无法打开已下载的资料。系统会自动重新下载，本机记录不受影响。
problem-server-address-invalid = 服务器地址或证书无法使用。请检查设置，或向管理员询问地址。
problem-server-error = 服务器出现错误，这次操作没有完成。请稍后再试；仍出现时请联系管理员。
problem-server-busy = 服务器正忙，没有完成。请稍后再试。
problem-server-full = 服务器存储空间不足，没有完成。请联系管理员清理空间。
problem-bad-request = 请求内容有误，没有处理。请检查填写的内容后再试。
problem-unsupported-media-type = 不支持这种内容格式。请更新应用或换一种文件。
problem-not-found = 没有找到，或您无权查看。请检查地址，或联系项目负责人。
problem-not-permitted = 您没有权限进行这项操作。需要时请联系企业管理人员。
problem-method-not-allowed = 这个地址不支持这种操作。请返回上一页重新操作。
problem-entropy-unavailable = 手机暂时无法提供随机数。请稍后再试，已记录的内容不受影响。
problem-clock-required = 应用没有提供设备时钟，无法打开。请更新应用后重试。
problem-internal = 应用内部出错，这次操作没有完成。请重试；仍出现时请联系技术支持。

## The server's database, at its start

problem-database-in-use = 另一个服务器正在使用这个数据库文件，本次没有启动。请先停止另一个服务器；需要同时运行多个时请使用 PostgreSQL。
problem-database-newer = 这个数据库由更新版本的程序建立，本次没有改动它。请安装更新的版本。
problem-database-changed = 这个数据库的表结构与本程序不一致，本次没有改动它。请安装建立它的版本，或联系技术支持。
problem-store-unreachable = 无法使用 PostgreSQL 数据库，没有完成。请检查数据库服务器是否运行，以及设置 postgres 中的地址、用户、密码、数据库名和证书。
problem-store-unusable = 数据文件夹或数据库无法读写，没有完成。请检查文件夹的位置和权限、磁盘是否只读，然后重试。
problem-store-damaged = 数据库文件已损坏，没有完成。请把损坏的文件移到别处保存，再用 firebee restore 从备份恢复。
problem-server-key-missing = 服务器上没有这家公司的签名密钥，暂时不能收发数据，手机里的记录都保留着。请管理员用 firebee admin put-key 从备份取回密钥。
problem-server-key-differs = 服务器上的签名密钥与这家公司数据库里的不一致，暂时不能收发数据，手机里的记录都保留着。请管理员用 firebee admin put-key 从备份取回正确的密钥。
problem-server-key-exposed = 服务器上的签名密钥文件能被其他用户读取，暂时不能收发数据，手机里的记录都保留着。请管理员把密钥文件的权限改为 600。
problem-data-behind = 服务器的数据库被人工换成了较旧的一份，暂时不能收发数据，手机里的记录都保留着。请管理员用 firebee restore 恢复，之后手机会自动补传。

## What the server kept but did not count

problem-malformed = 这条记录的格式有误，服务器已原样保存但未计入。请联系技术支持处理。
problem-body-malformed = 这条记录的内容无法读取，服务器已原样保存，但不计入。请联系技术支持。
problem-subject-missing = 这条记录没有正确写明属于哪个项目、计划和任务，已保存，但不计入。请联系技术支持。
problem-blob-too-large = 这条记录所列的文件超过 30 MiB，已保存，但不计入。请使用较小的文件。
problem-id-conflict = 另一条记录已使用相同的编号，服务器已保存但未计入。请联系技术支持处理。
problem-foreign-account = 这条记录属于另一个账号，服务器已保存但未计入。请由该账号的使用人上传。
problem-kind-unknown = 服务器还不认识这类记录，已原样保存。服务器升级后会自动计入。
problem-kind-not-supported-yet = 服务器还不能处理这类记录，已原样保存。服务器升级后会自动计入。
problem-out-of-scope = 记录时该项目或测试项没有下发给您，服务器已保存但未计入。请联系项目负责人决定是否采纳。
problem-apply-failed = 服务器处理这条记录时出错，已保存但未计入。管理员已收到警报，无需重新记录。
problem-seen-unknown = 服务器恢复后找不到您当时看到的任务版本，记录已保存但未计入。请联系项目负责人决定是否采纳。
problem-manifest-mismatch = 提交清单与服务器上的记录不一致，提交已保存，等待处理。请联系项目负责人处理未计入的记录。
problem-item-already-in-task = 这个测试项已在另一个任务中。请到那个任务中继续，或请项目负责人决定采用哪一个。
problem-conflict = 这部手机的同一位置曾送达另一条记录，这一条已另行保存。手机重新登录后再次送达，或由项目负责人、企业管理人员采纳后，才会计入。
problem-late = 这条记录到达时，手机已不再占用账号。记录已原样保存，请等待项目负责人或企业管理人员决定是否采纳。
problem-not-adopted = 项目负责人或企业管理人员决定不采纳这条记录。原文仍保存在服务器上，如有疑问请与他们联系。
problem-decision-unseen = 服务器恢复后找不到您作决定时看到的内容，这个决定没有生效。请重新查看后再决定。
problem-plan-deleted = 这条记录到达前计划已被删除，记录已保存但未计入。请联系项目负责人重新制定计划，再按新计划建任务。
problem-lost-local = 手机里的一个文件已损坏或丢失。请重新拍摄；原记录会注明缺失。

## Plans, projects, people

problem-not-on-personnel-list = 该机构的人员名单中没有此人，或有多人同名。请检查机构和姓名；新增人员请先办理人员变更。
problem-on-personnel-list = 该机构的人员名单中已有同名人员。如果不是同一个人，请在姓名后加上可以区分的内容。
problem-qualification-insufficient = 此人的资格证书不满足该岗位要求。请选择其他人员，或先更新证书。
problem-field-malformed = 文件的这一部分不符合要求。请按 docs/operations.md 的说明改正。
problem-organisation-not-registered = 机构缺少全国系统登记号或服务类型。请补全后再创建。
problem-login-taken = 此登录账号已被使用。请换一个。
problem-phone-malformed = 电话号码的格式不正确。请检查后重新填写。
problem-certificate-level-unknown = 这类证书没有这个等级。注册消防工程师为 1 或 2 级，其他证书为 1 至 5 级，请检查后重新填写。
problem-certificate-validity-reversed = 证书的有效期止早于有效期起。请检查两个日期。
problem-contract-dates-reversed = 合同的结束日期早于签订日期。请检查两个日期。
problem-service-type-not-held = 机构没有这类服务资格，不能签订此类合同。请选择其他合同类型。
problem-building-measure-negative = 建筑物的面积、层数和高度不能为负。请重新填写。
problem-water-storage-missing = 存在供水设施时需要填写类型、位置和容量。请补充后保存。
problem-water-storage-unexpected = 选择了不存在供水设施，但填写了供水设施资料。请清空或改选存在。
problem-part-remark-missing = 合同只包含建筑物的一部分，备注中必须说明。请填写备注。
problem-location-out-of-range = 坐标超出有效范围。请重新标注项目位置。
problem-fence-radius-out-of-range = 围栏半径超出允许范围。请填写 50 至 10,000 米。
problem-plan-exists = 该项目这一期的计划已存在。请直接打开已有计划。
problem-plan-out-of-period = 所选月份不在项目期限内。请选择项目期限内的月份。
problem-plan-expired = 计划期限已过，不能再下发。请为当前月份新建计划。
problem-month-paused = 该月已批准暂停，不能制定计划。请选择其他月份。
problem-project-terminated = 项目已终止，不能再操作。如有疑问请联系企业管理人员。
problem-only-one-plan-allowed = 检测和评估项目只能有一个计划。请打开已有计划。
problem-nature-not-allowed = 该项目不能使用这种计划性质。检测和评估项目请选择年计划。
problem-plan-without-items = 已勾选的设施在这一期没有测试项。请选择其他计划性质，或先勾选更多设施。
problem-plan-has-issued-items = 计划中还有已下发的测试项，不能删除。请先撤回已下发的测试项。
problem-plan-has-submitted-tasks = 计划中已有提交或通过的任务，不能删除。请保留此计划。
problem-plan-item-unknown = 计划中没有这个测试项。请刷新后重新选择。
problem-plan-item-issued = 这个测试项已经下发。需要更改时请先撤回。
problem-plan-item-ignored = 这个测试项已忽略，不能下发。请先恢复。
problem-plan-item-not-ignored = 这个测试项没有被忽略。无需恢复。
problem-plan-item-not-recallable = 只能撤回已下发且无人开始的测试项。请先让执行人员删除任务。
problem-plan-item-started = 已有人开始测试这一项，日期和位置不能再改。请只选择未下发或无人开始的测试项。
problem-plan-day-out-of-period = 所选日期不在计划期内。请选择计划期内的日期。
problem-catalogue-too-large = 测试项目录过大，不能使用。请联系技术支持处理。
problem-catalogue-malformed = 测试项目录的格式有误，不能使用。请重新同步；仍出现时请联系技术支持。
problem-catalogue-unsound = 测试项目录的内容前后矛盾，不能使用。请联系技术支持处理。
problem-catalogue-hash-mismatch = 收到的测试项目录与计划登记的指纹不一致，已丢弃。请重新同步。
problem-calendar-malformed = 文件不是一个年度的工作日历。请按 docs/operations.md 的说明改正后重新导入。
problem-calendar-source-missing = 文件没有注明国务院办公厅通知的出处。请在 papers 中填写通知在 gov.cn 上的网址，再重新导入。
problem-calendar-day-wrong = 日期 { $day } 不能列入该文件：不属于该年度、重复、缺少节日名称，或本来就是工作日。请对照通知改正。
problem-calendar-day-missing = 文件没有把法定节假日 { $day } 列为放假。请按通知补全所有日期后重新导入。
problem-facility-unknown = 勾选的设施不在测试项目录中。请重新勾选系统和设施。
problem-facility-not-allowed = 有的设施不适用于这类项目。请取消勾选后保存。
problem-design-not-asked = 项目勾选的设施没有要求这个设计值。请从列表中选择。
problem-positions-invalid = 清单第 { $line } 行不能采用：位置为空、过长、与前面重复，或标签重复。请修改这一行后保存。
problem-positions-too-many = 一个设施最多有 { $max } 个位置序号，用过的序号不再使用，所以没有保存。仍在的位置请保留原来的名称或标签，删去不存在的位置后保存。
problem-positions-changed = 打开本页之后，其他人修改了清单，所以没有保存。改动和您填写的内容都在下面，请核对合并后保存。
problem-building-name-taken = 项目中已有同名的建筑物。请换一个名称。
problem-too-many-fences = 项目的围栏数量已达上限。请先删除一个，或扩大已有的围栏。
problem-too-many-buildings = 项目的建筑物超过 500 栋。请拆分为多个项目。
problem-first-month-required = 合同在 20 日或之后签订，需要选择首期月份。请选择当月或下月。
problem-project-incomplete = 项目资料不完整，缺少：{ $missing }。请补充后再下发。
problem-item-not-issued = 这个测试项没有下发给您。请联系项目负责人下发后再做。
problem-nothing-chosen = 还没有选择任何一项，没有更改。请至少选择一项。
problem-nothing-to-hand-over = 没有可以移交的测试项：没有下发给此人的，或都已开始。已开始的任务请在任务的页面上移交。
problem-executor-not-allowed = 此人不能作为执行人员。请选择账号已开启的现场作业人员或项目负责人。
problem-executor-required = 还没有选择执行人员。请选择后再下发。
problem-executor-disabled = 执行人员的账号已禁用。请先开启账号，或选择其他人员。
problem-lead-not-allowed = 此人不能担任项目负责人。请选择账号已开启且有注册消防工程师证书的项目负责人。
problem-director-not-allowed = 此人不能担任技术负责人。请选择账号类别为项目负责人或企业管理人员的人员。
problem-items-required = 尚未选择测试项。请至少选择一项。
problem-catalogue-missing = 这个计划的测试项目录还没有下载。请连上网络同步后再试。

## Tasks, results, evidence

problem-location-required = 没有“始终允许”的定位权限，不能开始任务。请在系统设置中允许后再试。
problem-task-incomplete = 还有 { $count } 个测试项没有完成。请完成清单中的各项后再提交。
problem-photo-and-text-required = 不符合的测试项至少需要一张照片和一段文字。请补充后再提交。
problem-controller-required = 还没有填写控制器品牌。请选择品牌；现场没有控制器时选“无”。
problem-controller-photo-required = 还没有控制器照片。请拍下控制器面板；现场没有控制器时任意拍一张现场照片，然后再提交。
problem-selfie-required = 还没有提交人自拍。请拍一张后再提交。
problem-restore-missing = 还有 { $systems } 个系统没有确认恢复自动状态。请将这些系统恢复自动，拍下控制面板并确认后再提交。
problem-witness-missing = 还没有业主见证人签字。请填写姓名和身份并请其签字后再提交。
problem-task-handed-over = 这个任务已经移交给他人，之后的记录不计入。请联系接手人或项目负责人。
problem-receiver-not-allowed = 任务不能移交给此人。请选择本企业另一位账号可用的现场作业人员或项目负责人。
problem-calibration-reversed = 校准有效期早于校准日期。请核对两个日期。
problem-instrument-unknown = 企业的仪器清单中没有这个编号。请从清单中选择，或请企业管理人员登记。
problem-task-unknown = 找不到这个任务。请同步后再试。
problem-task-not-pending = 这个任务已经审核过或不在待审核状态。请刷新后查看最新状态。
problem-other-round = 针对的不是最新一次提交。请刷新后重新查看，再操作一次。
problem-task-not-editable = 任务正在待审核或已通过，不能修改。审核不通过后才能继续修改。
problem-task-discarded = 任务已被删除，为它所做的记录已保存但未计入。测试项仍下发给您的，请重新建任务。
problem-task-of-other-project = 这个任务属于另一个项目。请到对应的项目中操作。
problem-task-kind-not-offered = 这个项目不能做这种任务。请按计划自建任务。
problem-task-items-invalid = 任务的测试项清单有误。请重新选择测试项。
problem-task-not-discardable = 任务已经提交过，不能删除。请修改后再次提交，或联系项目负责人。
problem-manifest-invalid = 提交清单的格式有误，没有提交。请更新应用后再试。
problem-ordinal-invalid = 实例序号为 1 到 10,000。请重新选择实例。
problem-round-wrong = 这次提交的轮次与服务器不符。请同步后再提交。
problem-item-not-in-task = 这个任务中没有该测试项。请从任务的清单中选择。
problem-item-differs = 结果对应的目录条目与任务清单不一致。请同步后重新填写该测试项。
problem-catalogue-differs = 结果使用的目录版本与计划不一致。请同步后重新填写该测试项。
problem-replaces-other-key = 更正必须针对同一测试项的同一实例。请在原测试项中更正。
problem-value-required = 还有必填的数值没有填写。请补充后保存。
problem-nothing-left = 每一处都已有结果。需要更改时，请打开相应的那一处。
problem-own-answer-required = 一次记录多处，只能用于全部符合的位置；需要测量的，每处都要有测量值。请补齐缺少的测量值，不符合的位置请单独填写。
problem-value-malformed = 填写的内容不是有效数值。请只输入数字和小数点。
problem-override-reason-required = 修改系统给出的判断需要说明理由。请填写理由后保存。
problem-verdict-not-offered = 按项目类型或“能否检查”的选择，这里不能给出这个判断结果。请在表单提供的判断结果中重新选择。
problem-untestable-reason-unknown = 计划所用的测试规范没有这个“不能测试”的原因。请重新选择原因后保存。
problem-untestable-reason-required = “不能测试”需要说明原因。请填写原因后保存。
problem-text-required = 还没有填写文字。请填写后再试。
problem-text-too-long = 文字超过 { $max } 个字。请缩短后再试。
problem-text-several-lines = 这里只能写一行，文字中却有换行。请去掉换行后再试。
problem-text-control-character = 文字中有不能使用的控制字符。请删除后重新输入。
problem-text-not-normalised = 文字的编码形式不统一，没有保存。请重新输入。
problem-id-malformed = 编号的格式不正确。请检查后再试。
problem-login-white-space = 登录名中不能有空格。请去掉空格。
problem-file-unreadable = 无法读取这个文件。请选择其他文件，或检查应用是否有权打开它。
problem-photo-empty = 照片文件是空的。请重新拍摄或选择其他照片。
problem-photo-too-large = 照片超过 30 MiB。请选择较小的照片。
problem-photo-too-many-pixels = 照片的像素过多，超过一亿。请降低相机分辨率后重拍。
problem-photo-needs-memory = 打开这张照片需要的内存过多。请降低相机分辨率，或另存为普通 JPEG（非渐进式）后再试。
problem-photo-needs-preview = 这里无法打开 HEIC 和 AVIF 图片。请用本应用拍摄，或把相机格式改为 JPEG。
problem-photo-damaged = 照片已损坏，无法打开。请重新拍摄。
problem-photo-format-unsupported = 不支持这种图片格式。请使用 JPEG、PNG 或 WebP。
problem-photo-on-its-way = 拍摄这张照片的手机还没有把它上传。请稍后再看。
problem-move-not-possible = 这条结果不能移到那里，没有改动。只有单个实例的结果可以移动，目标应是未提交任务中要求相同、还没有结果的实例。请另选位置。
problem-photo-unknown = 找不到这张照片。请刷新后再试。
problem-track-unreadable = 轨迹文件无法读取。请检查文件是否为完整的 GPX。
problem-track-empty = 轨迹中没有定位点。请选择其他文件。
problem-track-too-large = 轨迹文件超过 20 MB 或 200000 个点。请分段后再试。
problem-track-time-missing = 轨迹中没有带时间的定位点。请选择带时间的轨迹。
problem-track-time-implausible = 轨迹中的时间不合理。请检查记录设备的时钟。
problem-track-out-of-range = 轨迹中有超出范围的数值，没有计入。请联系技术支持处理。
problem-track-not-running = 轨迹没有在记录。请先开始任务的轨迹。
problem-track-already-running = 轨迹已在记录中。无需再次开始。
problem-folder-in-use = 这个账号已在本机打开。请先关闭正在使用它的应用，再试一次。
problem-journal-unavailable = 手机的记录库暂时打不开，这次没有保存。请重新打开应用后再试。
problem-storage-damaged = 手机的记录库有损坏，已停止写入以保护数据。请不要删除应用，导出后联系管理员。

## Review and faults

problem-reviewer-not-qualified = 审核人没有有效的注册消防工程师证书。请由有资格的项目负责人或技术负责人审核。
problem-faults-not-handled = 任务中还有 { $count } 个故障未处理，不能通过。请先处理故障，或审核不通过。
problem-evidence-incomplete = 任务还有 { $missing } 个文件没有收到或不是图片，不能通过。请等待上传完成；照片文件不是图片时，请审核不通过。
problem-opinion-required = 还没有填写审核意见。请填写后再提交。
problem-own-submission = 您正在审核自己提交的任务。请尽量由其他人审核。
problem-fault-unknown = 找不到这个故障。请刷新后再试。
problem-fault-closed = 这个故障已经关闭，不能再处理。请查看处理记录。
problem-only-repair-follows = 业主已不同意维修这个故障，之后只能登记业主同意维修，其他处理方式未保存。如登记有误，任务审核通过前可以审核不通过，故障处理会重新开始。
problem-only-at-review = 与业主沟通中只在审核任务时可选。任务审核通过后请选择其他处理方式。
problem-team-lead-required = 这种处理方式需要指定组长。请选择组长后保存。
problem-repair-plan-required = 维修需要维修方案。请填写维修方案后保存。
problem-team-lead-unfit = 所选人员不能担任组长：账号已关闭，或不是现场作业人员、项目负责人。请另选组长。
problem-team-lead-same = 这次派工的组长已经是所选人员，没有更改。请选择另一位组长。
problem-dispatch-open = 这个故障的派工还没有完成，不能另行处理。请等组长完成派工；开始执行前，或组长的账号停用后，可以在派工页面更换组长。
problem-dispatch-unknown = 没有找到这次派工，记录未计入。请同步后再看派工列表。
problem-not-the-team-lead = 只有指定的组长可以接收和执行这次派工，记录未计入。如需更换组长，请联系项目负责人。
problem-invalid-task-state = 派工要按下达、接收、执行、完成的顺序进行，这一步现在不能做，没有保存。请查看派工的当前状态。
problem-details-required = 完成派工需要填写任务详情。请填写做了什么、结果如何后保存。
problem-explanation-required = 这种处理方式需要说明。请填写说明后保存。
problem-record-empty = 没有填写任何内容，故障记录未保存。请至少填写一项。
problem-attachment-too-large = 附件超过 { $max } MiB，没有保存。请换一个较小的文件后再试。
problem-attachment-format-unsupported = 附件只能是图片（JPEG、PNG、WebP、HEIC、AVIF）或 PDF。请换一个文件后再试。
problem-attachment-unknown = 服务器上没有您上传的这个附件。请重新选择文件后再试。
problem-too-many-attachments = 附件超过 { $max } 个，或有重复。请减少附件后再试。
problem-already-done = 这项操作已经完成过。无需重复操作。

## Reports

problem-plan-reported = 这个计划已经生成报告。如需修改，请先删除未备案的报告再重新生成。
problem-report-upload-required = 这类项目的报告由上传的 PDF 生成。请改用上传方式。
problem-plan-not-fully-approved = 计划中还有 { $open } 个测试项没有审核通过。请等全部任务通过后再生成报告。
problem-facility-not-covered = 设施“{ $facility }”没有被任何勾选的任务覆盖。请勾选测试它的任务，或恢复其被忽略的测试项。
problem-report-period-over = 计划的月份（季度、年度）已过，不能再生成报告。请联系企业管理员确认本地区是否允许逾期报告。
problem-report-task-required = 没有勾选计划内的任务。请至少勾选一个计划任务。
problem-report-task-unfit = 任务“{ $task }”不能放入这份报告。请刷新后重新勾选审核通过的任务。
problem-task-reported = 任务“{ $task }”已在另一份报告中。请取消勾选。
problem-task-submitted-late = 任务“{ $task }”没有在期限内提交，或无法证明按时提交。这个月（季度、年度）的报告不能包含它。
problem-report-date-outside = 报告日期必须在计划的月份（季度、年度）内，且不晚于今天。请改正报告日期。
problem-service-dates-invalid = 技术服务日期的起止颠倒，或晚于报告日期。请改正服务日期。
problem-report-code-taken = 报告编码“{ $code }”已经用过。请换一个编码，删除的报告的编码也不能再用。
problem-report-not-printed = 报告的 PDF 没有生成。报告内容完整保存，可先阅读网页；请管理员检查服务器上的 firebee-report 程序和中文字体后重试。
problem-report-filed-immutable = 报告已经备案，不能更改或删除。如属误备案，请提交系统操作变更申请。

## Office records

problem-other-organisation = 这属于其他机构，您不能查看或操作。请确认登录的账号。

## The demo

problem-folder-unreadable = 无法读取这个文件夹。请检查路径和权限后再试。
problem-demo-data-exists = 这个文件夹里已有服务器数据。请指定一个空文件夹，或先移走其中的数据。
problem-fixtures-missing = 找不到项目自带的照片和轨迹。请在项目目录中运行 make demo，或用 --photos 和 --tracks 指定文件夹。
