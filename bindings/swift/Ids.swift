// Ids keep their types: a task id cannot be passed where a plan id is meant.

public struct AccountId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct BootId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct BuildingId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct ContentId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct ContractId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct EventId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct FactId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct FaultId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct Hash: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct OrganisationId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct OwnerId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct PersonId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct PlanId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct PlanItemId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct ProjectId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct RegulatorUnitId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct StoreId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
public struct TaskId: Hashable, Sendable {
    public let value: String
    public init(value: String) { self.value = value }
}
