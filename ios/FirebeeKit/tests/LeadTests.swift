import FirebeeCore
import Foundation
import Testing

@testable import FirebeeKit

private let plan = "补充燃油并更换油位计"
private let measures = "每两小时巡查一次"
private let witness = "王建军经理"

/// A fault on its way over two phones; scripts/ios reads on the lead's page what they handed in.
@MainActor
@Suite("A fault and its lead")
struct LeadTests {
    private let operators: Stand
    private let leads: Stand

    init() throws {
        operators = try Stand()
        leads = try Stand()
    }

    @Test("From the answer over the lead's phone to the repair; what is typed on the way outlives the app")
    func fault() async throws {
        try await enter(operators, "operator-2")
        let task = try await find()
        try await enter(leads, "lead")
        try await sendSomebody(task)
        try await approve(task)
        try await repair()
        try await record(task)
        try await giveAway()
        try await signOut()
    }

    /// From the server's address to the first pull.
    private func enter(_ stand: Stand, _ login: String) async throws {
        await stand.home.open()
        await stand.home.server(try Stand.server() + "/")
        await stand.home.network(.unmetered)
        let shell = try stand.shell()
        let model = SignInModel(shell)
        model.login = " \(login)"
        model.password = try Stand.password()
        await model.signIn()
        model.newPassword = try Stand.password() + "-2"
        await model.signIn()
        let asking = PermissionsModel(shell)
        while asking.view != nil { await asking.allow() }
        await PullModel(shell).pull()
        #expect(shell.root == .today)
    }

    /// The operator finds a fault, and hands the task in.
    private func find() async throws -> TaskId {
        let shell = try operators.shell()
        let task = try await start()
        let model = TaskModel(shell, task: task)
        await model.page.refresh()
        model.open(try #require(model.page.view?.items.first))
        guard case .item(_, let at) = shell.way.last else { throw Lost() }
        let form = ItemModel(shell, task: task, at: at)
        await form.page.refresh()
        for question in form.form?.questions ?? [] {
            await form.change { $0.values[question.key] = answer(to: question) }
        }
        await form.change {
            $0.verdict = .nonconform
            $0.reason = "现场判断"
            $0.fault = "油位计玻璃破裂"
        }
        try await photograph(shell, task, Purpose(role: .evidence, instance: at))
        await form.page.refresh()
        await form.save()
        #expect(form.page.calls.told == nil)
        try await handIn(model)
        return task
    }

    /// A task of the first free item.
    private func start() async throws -> TaskId {
        let shell = try operators.shell()
        shell.begin(.today)
        let today = TodayModel(shell)
        await today.page.refresh()
        let group = try #require(today.page.view?.issued.first)
        today.pick(group, try #require(group.items.first { $0.task == nil }).item)
        await today.start()
        #expect(today.page.calls.told == nil && today.picked == nil)
        guard case .task(let task) = shell.way.last else { throw Lost() }
        return task
    }

    private func answer(to question: Question) -> String {
        switch question.input {
        case .number: "1"
        case .pick(let input): input.options.last?.value ?? ""
        case .yesNo: "false"
        case .words: "a"
        }
    }

    private func handIn(_ model: TaskModel) async throws {
        await model.controller(nil)
        await model.page.refresh()
        for step in model.page.view?.steps ?? [] {
            model.step(step)
            guard case .camera(let task, let purpose, _) = try operators.shell().way.last else { continue }
            try await photograph(try operators.shell(), task, purpose)
        }
        await model.submit()
        #expect(model.page.calls.told == nil)
        await SyncModel(try operators.shell()).sendNow()
    }

    private func photograph(_ shell: Shell, _ task: TaskId, _ purpose: Purpose) async throws {
        let camera = CameraModel(shell, task: task, purpose: purpose, restored: nil)
        await camera.shoot()
        await camera.keep()
        #expect(camera.page.calls.told == nil)
    }

    /// The lead sends the operator; the plan of the repair is typed before the app is ended.
    private func sendSomebody(_ task: TaskId) async throws {
        leads.notices.seen = false
        await (try leads.shell()).remind()
        #expect(leads.notices.posted.map(\.link).contains("firebee://review"))
        let first = try await reviewed(task)
        let fault = try #require(first.page.view?.faults.first)
        let choice = try #require(fault.ways.first { $0.asks.teamLead })
        let person = try #require(first.page.view?.teamLeads.first { $0.name == "赵强" })
        first.handling(fault.fault)["plan"] = plan
        first.send(person, for: fault.fault)
        try await leads.shell().begunAnew()
        let model = try await reviewed(task)
        _ = await model.handling(fault.fault).known()
        #expect(model.handling(fault.fault)["plan"] == plan && model.teamLead(fault.fault) == person.account)
        await model.handle(fault.fault, by: choice)
        #expect(model.page.calls.told == nil)
        #expect(await model.handling(fault.fault).known().isEmpty)
    }

    private func approve(_ task: TaskId) async throws {
        let model = try await reviewed(task)
        model.typed["opinion"] = "同意"
        await model.approve()
        #expect(model.page.calls.told == nil)
        #expect(await model.typed.known().isEmpty)
        await SyncModel(try leads.shell()).sendNow()
    }

    /// The operator is told of the dispatch, finds it by words and by its state, and finishes it.
    private func repair() async throws {
        operators.notices.seen = false
        #expect(await Wake(home: operators.home).run())
        let told = try #require(operators.notices.posted.first { $0.link.hasPrefix("firebee://dispatch/") })
        #expect(told.title.hasPrefix("收到派工：") && !told.presses)
        let shell = try operators.shell()
        shell.follow(link: try #require(URL(string: told.link)))
        guard case .dispatch(let dispatch) = shell.way.last else { throw Lost() }
        try await searched(dispatch)
        let model = DispatchModel(shell, dispatch: dispatch)
        await model.receive()
        await shell.remind()
        #expect(!operators.notices.posted.contains(told))
        await model.start()
        model.typed["details"] = "已补充燃油"
        await shell.begunAnew()
        let again = DispatchModel(try operators.shell(), dispatch: dispatch)
        #expect(await again.typed.known() == ["details": "已补充燃油"])
        await again.finish(.resolved)
        await again.page.refresh()
        #expect(again.page.calls.told == nil && again.page.view?.row.finish.allowed == false)
        #expect(await again.typed.known().isEmpty)
        await SyncModel(try operators.shell()).sendNow()
    }

    private func searched(_ dispatch: DispatchId) async throws {
        let model = DispatchesModel(try operators.shell())
        await model.search("中仪")
        #expect(model.page.view?.rows.map(\.dispatch) == [dispatch] && model.states.count > 1)
        let states = model.states
        await model.narrow(try #require(states.first { $0.state == .issued }))
        #expect(model.page.view?.rows.map(\.dispatch) == [dispatch] && model.states.filter(\.chosen).count == 1)
        await model.narrow(try #require(states.first { $0.state == .resolved }))
        #expect(model.page.view?.rows.isEmpty == true && model.page.view?.more == false)
        // Other dispatches: no state is chosen there.
        await model.search(led: true)
        #expect(model.page.view?.rows.map(\.dispatch) == [dispatch])
        await model.search("没有")
        #expect(model.page.view?.rows.isEmpty == true && model.page.calls.told == nil)
    }

    /// the record of a fault is completed bit by bit.
    private func record(_ task: TaskId) async throws {
        await SyncModel(try leads.shell()).sendNow()
        let fault = try #require(try await reviewed(task).page.view?.faults.first)
        #expect(fault.record.allowed)
        let first = try await recorded(task, fault.fault)
        #expect(first.stopped == nil && first.told == nil && first.measures.isEmpty)
        first.stopped = false
        first.told = true
        first.told = nil
        first.measures = measures
        first.confirmedBy = witness
        try await leads.shell().begunAnew()
        let model = try await recorded(task, fault.fault)
        #expect(model.stopped == false && model.told == nil)
        #expect(model.measures == measures && model.confirmedBy == witness)
        await model.save()
        #expect(model.page.calls.told == nil && model.confirmedBy.isEmpty)
        let after = try await recorded(task, fault.fault)
        #expect(after.stopped == false && after.told == nil && after.measures == measures)
        #expect(after.page.view?.records.count == 1)
        // What is known and not said anew stays.
        after.told = true
        after.opinion = "尽快修复"
        #expect(after.measures == measures)
        await after.save()
        #expect(after.page.calls.told == nil)
        let last = try await recorded(task, fault.fault)
        #expect(last.told == true && last.measures == measures && last.opinion == "尽快修复")
        await SyncModel(try leads.shell()).sendNow()
    }

    /// One walk serves all tasks of a day: it ends with the last of them.
    private func giveAway() async throws {
        let (one, two) = (try await start(), try await start())
        let shell = try operators.shell()
        let first = TaskModel(shell, task: one)
        await first.page.refresh()
        first.leaving["reason"] = "明天另有安排"
        await first.handOver()
        #expect(operators.locator.hear != nil && shell.way == [.today, .task(two)])
        first.receiver = try #require(first.page.view?.receivers.first).account
        shell.go(.task(one))
        await first.handOver()
        #expect(first.page.calls.told == nil && operators.locator.hear != nil && shell.way == [.today, .task(two)])
        let second = TaskModel(shell, task: two)
        second.leaving["reason"] = "配电室锁闭"
        await second.discard()
        #expect(second.page.calls.told == nil && operators.locator.hear == nil && shell.way == [.today])
        #expect(await second.leaving.known().isEmpty)
    }

    /// What the board shows is for nobody else.
    private func signOut() async throws {
        let shell = try operators.shell()
        await SyncModel(shell).sendNow()
        await shell.remind()
        operators.notices.post(
            Bulletin(Reminder(key: "a", title: "", text: "", about: .sync, presses: false)))
        let settings = SettingsModel(shell)
        await settings.signOut()
        #expect(settings.page.calls.told == nil && shell.root == .signIn)
        #expect(operators.notices.posted.isEmpty && operators.notices.planned.isEmpty)
    }

    private func recorded(_ task: TaskId, _ fault: FaultId) async throws -> RecordModel {
        let model = RecordModel(try leads.shell(), task: task, fault: fault)
        await model.page.refresh()
        return model
    }

    private func reviewed(_ task: TaskId) async throws -> ReviewModel {
        let model = ReviewModel(try leads.shell(), task: task)
        await model.page.refresh()
        return model
    }
}

/// The way led elsewhere.
private struct Lost: Error {}
