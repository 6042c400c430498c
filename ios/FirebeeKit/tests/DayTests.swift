import FirebeeCore
import Foundation
import Testing

@testable import FirebeeKit

private let item = "储油量"
private let timed = "试验发电机自动、手动启动功能"
private let brand = "海湾"

/// One day with the app, as its screens play it; scripts/ios reads on the lead's page what it handed in.
@MainActor
@Suite("A day with the app")
struct DayTests {
    private let stand: Stand

    init() throws { stand = try Stand() }

    @Test("From the sign-in to the row on the server, through the models of the screens")
    func day() async throws {
        try await open()
        try await signIn()
        try await allow()
        try await pull()
        let task = try await start()
        try await typeAndLeave(task)
        try await remind(task)
        try await answer(task)
        try await findByTag(task)
        try await conformTheRest(task)
        try await measureEach(task)
        try await photograph(task)
        try await handIn(task)
        try await send(task)
        try await wake()
    }

    private func open() async throws {
        await stand.home.open()
        guard case .server = stand.home.door else { throw Lost() }
        await stand.home.server(" \(try Stand.server())\n")
        #expect(try stand.shell().root == .signIn)
        await stand.home.network(.unmetered)
    }

    private func signIn() async throws {
        let shell = try stand.shell()
        let first = SignInModel(shell)
        first.login = "operator-1"
        first.password = "wrong"
        await first.signIn()
        let refusal = try #require(first.calls.told)
        #expect(refusal.code == "sign_in_failed" && refusal.text.contains("密码") && refusal.action == .fix)
        first.password = try Stand.password()
        await first.signIn()
        #expect(first.calls.told?.code == "password_change_required")
        #expect(first.newPassword == "" && !first.ready)
        first.newPassword = try Stand.password() + "-2"
        #expect(first.ready)
        await first.signIn()
        #expect(first.calls.told == nil && shell.root == .permissions)
    }

    private func allow() async throws {
        let shell = try stand.shell()
        let asking = PermissionsModel(shell)
        #expect(asking.view?.permission == .locationAlways && asking.view?.why.isEmpty == false)
        await asking.allow()
        asking.notNow()
        while asking.view != nil { await asking.allow() }
        #expect(stand.permissions.asked.first == .locationAlways && shell.root == .pull)
    }

    private func pull() async throws {
        let shell = try stand.shell()
        let pull = PullModel(shell)
        // A link from a notification came too early: it is followed as soon as there is something to see.
        shell.follow(link: URL(string: "firebee://dispatches")!)
        await pull.pull()
        #expect(
            pull.view.map { $0.done > 0 && $0.text.contains("份资料") } == true, "\(String(describing: pull.calls.told))")
        #expect(shell.way == [.today, .dispatches])
        shell.back()
        let settings = SettingsModel(shell)
        await settings.page.refresh()
        #expect(settings.page.view?.me.person == "马晓燕")
    }

    private func start() async throws -> TaskId {
        let shell = try stand.shell()
        let today = TodayModel(shell)
        await today.page.refresh()
        let group = try #require(today.page.view?.issued.first)
        #expect(group.start.allowed && !group.left.text.isEmpty)
        let rows = group.items.filter { [item, timed].contains($0.name) }
        #expect(rows.count == 2)
        try await readOn(today, group)
        for row in rows { today.pick(group, row.item) }
        // What is chosen outlives the app.
        try await stand.shell().begunAnew()
        let again = TodayModel(try stand.shell())
        await again.page.refresh()
        #expect(again.picked == today.picked && again.picked?.items.count == 2)
        return try await begin(again)
    }

    private func begin(_ today: TodayModel) async throws -> TaskId {
        let shell = try stand.shell()
        await today.start()
        #expect(today.page.calls.told == nil && today.picked == nil)
        let chosen = await shell.typed("today").known()
        #expect(chosen.isEmpty)
        guard case .task(let task) = shell.way.last else { throw Lost() }
        #expect(stand.locator.hear != nil)
        let track = TrackModel(shell)
        await track.page.refresh()
        #expect(track.page.view?.track?.task == task)
        return task
    }

    /// Of a plan of which not all rows are shown, all free items can be chosen, and the others are read on.
    private func readOn(_ today: TodayModel, _ group: IssuedGroup) async throws {
        let part = IssuedGroup(
            project: group.project, projectName: group.projectName, plan: group.plan, planName: group.planName,
            left: group.left, done: group.done, items: Array(group.items.prefix(1)), start: group.start)
        #expect(!today.hasMore(group) && today.hasMore(part))
        await today.pickAll(part)
        #expect(today.picked?.items == Set(group.items.map(\.item)))
        await today.pickAll(group)
        #expect(today.picked == nil)
        await today.more(group)
        #expect(today.rows(group) == group.items && today.page.calls.told == nil)
        let project = ProjectModel(try stand.shell(), project: group.project)
        await project.page.refresh()
        let facility = try #require(project.page.view?.systems.first?.facilities.first)
        await project.more(facility)
        #expect(project.rows(facility) == facility.items && !project.hasMore(facility))
    }

    /// What comes is handed to the phone's clock. A track that breaks off is told at once, also to somebody who looks, and
    /// taken down when it goes on.
    private func remind(_ task: TaskId) async throws {
        let shell = try stand.shell()
        stand.locator.hear?(.fixes([fix()]))
        await shell.remind()
        let alarm = try #require(stand.notices.planned.first { $0.bulletin.presses })
        #expect((900...961).contains(alarm.after) && alarm.bulletin.title.hasPrefix("轨迹已中断"))
        #expect(stand.notices.posted.isEmpty)
        stand.locator.hear?(.silent(.permissionMissing, bootMs: fix().bootMs))
        await waitUntil { !stand.notices.posted.isEmpty }
        let told = try #require(stand.notices.posted.first)
        #expect(told.title.contains("没有定位权限") && told.presses && told.link == "firebee://track")
        stand.locator.hear?(.fixes([fix()]))
        await waitUntil { stand.notices.posted.isEmpty }
        #expect(stand.notices.planned.contains { $0.bulletin.presses })
    }

    /// A place as satellites give it now, on the clock of this machine.
    private func fix() -> Fix {
        var now = timespec()
        clock_gettime(CLOCK_BOOTTIME, &now)
        return Fix(
            bootMs: Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000, lat: 36.617, lon: 101.778, accuracyM: 5,
            provider: .gnss, mock: false)
    }

    /// What was typed is there again on the same screen, and after the app was ended.
    private func typeAndLeave(_ task: TaskId) async throws {
        do {
            let form = try await instance(task)
            #expect(form.page.view?.name == item)
            await form.change { $0.values["hours"] = "2.5" }
            #expect(
                form.form?.proposed?.verdict == .nonconform && form.form?.questions.first?.note?.tone == .nonconform)
            let again = try await instance(task)
            #expect(again.entry?.values["hours"] == "2.5" && again.form?.proposed?.verdict == .nonconform)
            let model = TaskModel(try stand.shell(), task: task)
            for letters in ["明", "明天", "明天有事"] { model.leaving["reason"] = letters }
            model.strokes.append(Stroke(points: [Spot(x: 0.5, y: 0.25), Spot(x: 1, y: 0)]))
        }
        try await stand.shell().begunAnew()
        guard case .open = stand.home.door else { throw Lost() }
        #expect(try stand.shell().root == .today && stand.locator.hear != nil)
        let anew = try await instance(task)
        #expect(anew.entry?.values["hours"] == "2.5" && anew.form?.proposed?.verdict == .nonconform)
        let model = TaskModel(try stand.shell(), task: task)
        let reason = await model.leaving.known()
        _ = await model.signing.known()
        #expect(reason == ["reason": "明天有事"])
        #expect(model.strokes == [Stroke(points: [Spot(x: 0.5, y: 0.25), Spot(x: 1, y: 0)])])
        model.leaving.done()
        model.strokes = []
    }

    private func answer(_ task: TaskId) async throws {
        let shell = try stand.shell()
        shell.go(.task(task))
        let form = try await instance(task)
        shell.go(.item(task, form.at))
        await form.change { $0.values = ["hours": "viel"] }
        await form.change { $0.verdict = .conform }
        await form.save()
        #expect(form.page.calls.told?.fields.contains { $0.key == "hours" && !$0.text.isEmpty } == true)
        await form.change {
            $0.values = ["hours": "5.5", "level": "normal", "grade": "correct"]
            $0.verdict = nil
        }
        #expect(form.form?.proposed?.chip.word == "符合" && form.form?.save.allowed == true)
        #expect(form.form?.sentence?.contains("5.5") == true)
        await form.save()
        #expect(form.page.calls.told == nil && shell.way.last != .item(task, form.at))
        let recorded = try await instance(task)
        #expect(recorded.entry?.values["hours"] == "5.5")
    }

    /// The tags on the walls lead to the instances of the project's list.
    private func findByTag(_ task: TaskId) async throws {
        let shell = try stand.shell()
        let form = try await instance(task)
        shell.replace(.item(task, form.at))
        stand.tags.text = "GEN-9"
        await form.tag()
        #expect(form.unknown && stand.tags.hints == [shell.words.tagHold])
        #expect(shell.way.last == Route.item(task, form.at))
        stand.tags.text = "GEN-2"
        await form.tag()
        let second = Route.item(task, Instance(item: form.at.item, ordinal: 2))
        #expect(!form.unknown && shell.way.last == second)
        shell.replace(.item(task, form.at))
        await form.find("GEN-9")
        #expect(shell.way.last == Route.item(task, form.at))
        await form.find("GEN-2")
        #expect(shell.way.last == second)
        form.scan()
        let scanning = Route.scan(task, form.at.item)
        #expect(shell.way.last == scanning)
        let scan = ScanModel(shell, task: task, item: form.at.item)
        stand.lens.wall = ["GEN-9"]
        await scan.follow()
        #expect(scan.unknown && scan.mute && shell.way.last == scanning)
        stand.lens.wall = ["GEN-9", "GEN-9", "GEN-3", "GEN-1"]
        await scan.follow()
        let third = Route.item(task, Instance(item: form.at.item, ordinal: 3))
        #expect(!scan.unknown && shell.way.last == third)
    }

    /// One call says that the other instances are as this one.
    private func conformTheRest(_ task: TaskId) async throws {
        let form = try await instance(task)
        #expect(form.page.view?.rest?.count == 2 && form.page.view?.rest?.measured.isEmpty == true)
        await form.restConform()
        #expect(form.page.calls.told == nil)
        await form.page.refresh()
        #expect(form.page.view?.instances.compactMap(\.verdict).count == 3 && form.page.view?.rest == nil)
    }

    /// One answer has a value for each of the instances without one. What is typed there is not lost either.
    private func measureEach(_ task: TaskId) async throws {
        let shell = try stand.shell()
        let form = try await instance(task, of: timed)
        await form.change { $0.values["mode"] = "auto" }
        form.each()
        guard case .each(_, let at) = shell.way.last else { throw Lost() }
        let each = EachModel(shell, task: task, at: at)
        await each.page.refresh()
        let rows = try #require(each.page.view?.rows)
        #expect(rows.compactMap(\.position) == ["一号机房", "二号机房", "三号机房"])
        #expect(each.page.view?.questions.map(\.key) == ["elapsed"])
        await each.save()
        #expect(each.page.calls.told != nil)
        each.type(rows[0], "elapsed", "12.5")
        let again = EachModel(shell, task: task, at: at)
        await again.page.refresh()
        #expect(again.value(rows[0], "elapsed") == "12.5" && again.value(rows[1], "elapsed").isEmpty)
        again.type(rows[1], "elapsed", "31")
        await again.save()
        #expect(!again.notes(rows[1]).isEmpty && again.notes(rows[0]).isEmpty)
        again.type(rows[1], "elapsed", "14")
        again.type(rows[2], "elapsed", "9.8")
        #expect(again.count == 3)
        await again.save()
        #expect(again.page.calls.told == nil && shell.way.last != Route.each(task, at) && again.count == 0)
        await form.page.refresh()
        #expect(form.page.view?.instances.compactMap(\.verdict).count == 3 && form.page.view?.rest == nil)
    }

    private func photograph(_ task: TaskId) async throws {
        let shell = try stand.shell()
        let form = try await instance(task)
        form.photo()
        guard case .camera(_, let purpose, _) = shell.way.last else { throw Lost() }
        let camera = CameraModel(shell, task: task, purpose: purpose, restored: nil)
        await camera.page.refresh()
        #expect(camera.page.view?.take.allowed == true && camera.page.view?.purposeText.isEmpty == false)
        await camera.shoot()
        camera.retake()
        await camera.shoot()
        #expect(camera.shot != nil)
        await camera.keep()
        #expect(camera.shot == nil && stand.lens.dropped.count == 2)
        await form.page.refresh()
        #expect(form.page.view?.photos.count == 1)
        let photo = PhotoModel(shell, task: task, photo: try #require(form.page.view?.photos.first?.photo))
        await photo.page.refresh()
        #expect(photo.page.view == form.page.view?.photos.first?.preview)
    }

    private func handIn(_ task: TaskId) async throws {
        let shell = try stand.shell()
        let model = TaskModel(shell, task: task)
        await model.page.refresh()
        #expect(
            model.page.view?.steps.map(\.kind) == [.selfie, .controller] && model.page.view?.submit.allowed == false)
        await model.submit()
        #expect(model.page.calls.told?.text.contains("自拍") == true)
        try await photographFirst(model)
        await model.page.refresh()
        let choice = try #require(model.page.view?.controller)
        #expect(model.offered(choice) == Array(choice.listed.prefix(6)))
        await model.find(maker: "海")
        #expect(model.offered(choice).map(\.value).contains(brand))
        await model.controller(brand)
        #expect(model.brand["brand"].isEmpty)
        await model.page.refresh()
        #expect(model.page.view?.steps.map(\.kind) == [.photo(purpose: Purpose(role: .panel, instance: nil))])
        try await photographFirst(model)
        #expect(stand.lens.sides == [.back, .back, .front, .back])
        await model.page.refresh()
        #expect(model.page.view?.steps.isEmpty == true && model.page.view?.controller?.chosen == brand)
        stand.locator.hear?(.silent(.noSignal, bootMs: 0))
        await model.submit()
        await model.page.refresh()
        #expect(model.page.view?.state.word == "待审核" && stand.locator.hear == nil)
        #expect(!stand.notices.planned.contains { $0.bulletin.presses })
    }

    /// Takes the photo that the first open step asks for.
    private func photographFirst(_ model: TaskModel) async throws {
        let shell = try stand.shell()
        model.step(try #require(model.page.view?.steps.first))
        guard case .camera(let task, let purpose, _) = shell.way.last else { throw Lost() }
        let camera = CameraModel(shell, task: task, purpose: purpose, restored: nil)
        await camera.shoot()
        await camera.keep()
        #expect(camera.page.calls.told == nil)
    }

    private func send(_ task: TaskId) async throws {
        let shell = try stand.shell()
        let centre = SyncModel(shell)
        await centre.sendNow()
        await centre.page.refresh()
        #expect(centre.page.view?.quiet.tone == .conform && centre.page.view?.notCounted.isEmpty == true)
        let search = SearchModel(shell)
        await search.search("中仪")
        #expect(search.page.view?.rows.map(\.task) == [task] && search.page.view?.more == false)
        // Narrowed by what the core offers: the states, and the month of the only task.
        #expect(search.states.compactMap(\.state) == [.executing, .pendingReview, .rejected, .approved])
        let states = search.states
        await search.narrow(try #require(search.months.last))
        await search.narrow(try #require(states.first { $0.state == .pendingReview }))
        #expect(search.page.view?.rows.map(\.task) == [task] && search.states.filter(\.chosen).count == 1)
        await search.narrow(try #require(states.first { $0.state == .approved }))
        #expect(search.page.view?.rows.isEmpty == true)
        #expect(search.page.calls.told == nil)
        let page = Page(shell) { try await shell.client.screens().today() }
        let following = Task { await page.follow() }
        await waitUntil { page.view != nil }
        let chinese = page.view?.quiet.text
        shell.speak(.english)
        await waitUntil { page.view?.quiet.text != chinese }
        following.cancel()
        #expect(shell.words.today == "Today" && page.calls.told == nil)
    }

    private func wake() async throws {
        await stand.home.rest()
        #expect(stand.jobs.planned == 1 && !stand.notices.seen)
        let wake = Wake(home: stand.home)
        #expect(await wake.run())
        wake.expire()
        #expect(await wake.run() == false)
    }

    private func instance(_ task: TaskId, of name: String = item) async throws -> ItemModel {
        let shell = try stand.shell()
        let model = TaskModel(shell, task: task)
        await model.page.refresh()
        let row = try #require(model.page.view?.items.first { $0.name == name })
        let form = ItemModel(shell, task: task, at: Instance(item: row.item, ordinal: 1))
        await form.page.refresh()
        return form
    }

    /// Lets the others go on until it is so.
    private func waitUntil(_ holds: @MainActor () -> Bool) async {
        while !holds() { await Task.yield() }
    }
}

/// The way led elsewhere.
private struct Lost: Error {}
