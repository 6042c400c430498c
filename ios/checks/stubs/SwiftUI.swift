// What the views call of SwiftUI, by hand, so that they can be type-checked where Apple's module is not. What passes here
// can still fail in Xcode, and the reverse: this proves only our side. Nothing of it ever runs.
@_exported import Foundation
@_exported import Observation
import UIKit

func never<T>() -> T { fatalError("declared, never run") }

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }
}
extension Never: View { public var body: Never { return never() } }
@MainActor @preconcurrency public protocol Leaf: View where Body == Never {}
extension Leaf { public var body: Never { return never() } }
extension Optional: View where Wrapped: View { public var body: Never { return never() } }
public struct EmptyView: Leaf { nonisolated public init() {} }
public struct Several<each Part: View>: Leaf { nonisolated init() {} }
public struct Either<First: View, Second: View>: Leaf { nonisolated init() {} }

@resultBuilder public enum ViewBuilder {
    public static func buildExpression<V: View>(_ view: V) -> V { view }
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<V: View>(_ view: V) -> V { view }
    @_disfavoredOverload
    public static func buildBlock<each V: View>(_ view: repeat each V) -> Several<repeat each V> { Several() }
    public static func buildIf<V: View>(_ view: V?) -> V? { view }
    public static func buildEither<A: View, B: View>(first: A) -> Either<A, B> { Either() }
    public static func buildEither<A: View, B: View>(second: B) -> Either<A, B> { Either() }
}

// State.
@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    public var wrappedValue: Value {
        get { never() }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { self }
    public init(get: @escaping @MainActor () -> Value, set: @escaping @MainActor (Value) -> Void) {}
    public subscript<Part>(dynamicMember path: WritableKeyPath<Value, Part>) -> Binding<Part> { never() }
}
extension Binding where Value: AnyObject & Observable {
    public subscript<Part>(dynamicMember path: ReferenceWritableKeyPath<Value, Part>) -> Binding<Part> { never() }
}
@propertyWrapper public struct State<Value> {
    public init(wrappedValue: Value) {}
    public init(initialValue: Value) {}
    public var wrappedValue: Value {
        get { never() }
        nonmutating set {}
    }
    public var projectedValue: Binding<Value> { never() }
}
extension State where Value: ExpressibleByNilLiteral { public init() {} }
@propertyWrapper @dynamicMemberLookup public struct Bindable<Value: AnyObject & Observable> {
    public init(wrappedValue: Value) {}
    public var wrappedValue: Value {
        get { never() }
        set {}
    }
    public var projectedValue: Bindable<Value> { self }
    public subscript<Part>(dynamicMember path: ReferenceWritableKeyPath<Value, Part>) -> Binding<Part> { never() }
}
public struct EnvironmentValues {
    public var scenePhase: ScenePhase { never() }
    public var colorScheme: ColorScheme { never() }
}
@propertyWrapper public struct Environment<Value> {
    public init(_ path: KeyPath<EnvironmentValues, Value>) {}
    public var wrappedValue: Value { never() }
}
@propertyWrapper public struct SceneStorage {
    public init(wrappedValue: String, _ key: String) {}
    public var wrappedValue: String {
        get { never() }
        nonmutating set {}
    }
    public var projectedValue: Binding<String> { never() }
}
public enum ScenePhase { case background, inactive, active }
public enum ColorScheme { case light, dark }

// Values.
public protocol ShapeStyle {}
public struct Color: Leaf, ShapeStyle, Sendable {
    public static let black = Color()
    public struct Resolved: ShapeStyle, Sendable {
        public init(red: Float, green: Float, blue: Float, opacity: Float) {}
    }
    nonisolated init() {}
}
public struct Font: Sendable { public static let callout = Font(), caption = Font(), headline = Font() }
public struct Alignment: Sendable { public static let leading = Self(), center = Self() }
public struct HorizontalAlignment: Sendable { public static let leading = Self(), center = Self() }
public struct VerticalAlignment: Sendable { public static let top = Self(), center = Self() }
public struct Edge: Sendable {
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int8
        public init(rawValue: Int8) { self.rawValue = rawValue }
        public static let all = Set(rawValue: 15), horizontal = Set(rawValue: 10), vertical = Set(rawValue: 5)
    }
}
public enum VerticalEdge: Sendable { case top, bottom }
public enum Visibility: Sendable { case automatic, visible, hidden }
public struct ButtonRole: Sendable { public static let destructive = Self(), cancel = Self() }
public struct AccessibilityTraits: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let isSelected = Self(rawValue: 1)
}
public struct TextInputAutocapitalization: Sendable { public static var never: Self { Self() } }
public enum KeyboardType: Sendable { case URL, decimalPad, numberPad, numbersAndPunctuation }
public protocol PrimitiveButtonStyle {}
public struct BorderedButtonStyle: PrimitiveButtonStyle {}
public struct BorderedProminentButtonStyle: PrimitiveButtonStyle {}
public struct PlainButtonStyle: PrimitiveButtonStyle {}
extension PrimitiveButtonStyle where Self == BorderedButtonStyle { public static var bordered: Self { never() } }
extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle {
    public static var borderedProminent: Self { never() }
}
extension PrimitiveButtonStyle where Self == PlainButtonStyle { public static var plain: Self { never() } }

// Views.
public struct Text: Leaf {
    nonisolated public init<S: StringProtocol>(_ text: S) {}
    nonisolated public init(verbatim: String) {}
    nonisolated public func font(_ font: Font?) -> Text { self }
    nonisolated public func monospacedDigit() -> Text { self }
}
public struct Image: Leaf {
    nonisolated public init(systemName: String) {}
    public init(uiImage: UIImage) {}
    nonisolated public func resizable() -> Image { self }
}
public struct ProgressView: Leaf {
    public init() {}
    public init(value: Double?, total: Double = 1) {}
}
public struct VStack<C: View>: Leaf {
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {}
}
public struct HStack<C: View>: Leaf {
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {}
}
public struct ZStack<C: View>: Leaf { public init(@ViewBuilder content: () -> C) {} }
public struct List<C: View>: Leaf { public init(@ViewBuilder content: () -> C) {} }
public struct Section<C: View>: Leaf {
    public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> C) {}
    public init(@ViewBuilder content: () -> C) {}
}
public struct ForEach<D: RandomAccessCollection, ID: Hashable, C: View>: Leaf {
    public init(_ data: D, id: KeyPath<D.Element, ID>, @ViewBuilder content: @escaping (D.Element) -> C) {}
}
public struct Button<L: View>: Leaf {
    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> L) {}
}
extension Button where L == Text {
    public init<S: StringProtocol>(_ title: S, role: ButtonRole?, action: @escaping @MainActor () -> Void) {}
}
public struct TextField: Leaf { public init<S: StringProtocol>(_ title: S, text: Binding<String>) {} }
public struct SecureField: Leaf { public init<S: StringProtocol>(_ title: S, text: Binding<String>) {} }
public struct NavigationStack<R: View>: Leaf {
    public init<Route: Hashable>(path: Binding<[Route]>, @ViewBuilder root: () -> R) {}
}
public struct GeometryProxy { public var size: CGSize { never() } }
public struct GeometryReader<C: View>: Leaf { public init(@ViewBuilder content: @escaping (GeometryProxy) -> C) {} }
@MainActor public protocol Shape: View {}
extension Shape {
    public func stroke<S: ShapeStyle>(_ style: S, lineWidth: CGFloat = 1) -> some View { EmptyView() }
}
public struct Path: Leaf, Shape {
    public init(_ draw: (inout Path) -> Void) {}
    public nonisolated mutating func addLines(_ points: [CGPoint]) {}
}
public struct RoundedRectangle: Leaf, Shape { public init(cornerRadius: CGFloat) {} }
public struct DragGesture {
    public struct Value { public var location: CGPoint { never() } }
    public init(minimumDistance: CGFloat = 10) {}
    public func onChanged(_ action: @escaping @MainActor (Value) -> Void) -> DragGesture { self }
    public func onEnded(_ action: @escaping @MainActor (Value) -> Void) -> DragGesture { self }
}
@MainActor @preconcurrency public protocol UIViewRepresentable: View where Body == Never {
    associatedtype UIViewType: UIView
    typealias Context = UIViewRepresentableContext<Self>
    func makeUIView(context: Context) -> UIViewType
    func updateUIView(_ view: UIViewType, context: Context)
}
extension UIViewRepresentable { public var body: Never { return never() } }
public struct UIViewRepresentableContext<Of: UIViewRepresentable> {}

// Scenes.
@MainActor @preconcurrency public protocol Scene {}
@resultBuilder public enum SceneBuilder { public static func buildBlock<S: Scene>(_ scene: S) -> S { scene } }
public struct WindowGroup<C: View>: Scene { nonisolated public init(@ViewBuilder content: () -> C) {} }
@MainActor @preconcurrency public protocol App {
    associatedtype S: Scene
    @SceneBuilder var body: S { get }
    init()
}
extension App { public static func main() {} }

extension View {
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { EmptyView() }
    public func font(_ font: Font?) -> some View { EmptyView() }
    public func monospacedDigit() -> some View { EmptyView() }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { EmptyView() }
    public func tint<S: ShapeStyle>(_ style: S?) -> some View { EmptyView() }
    public func background<S: ShapeStyle>(_ style: S) -> some View { EmptyView() }
    public func background<S: ShapeStyle, T: Shape>(_ style: S, in shape: T) -> some View { EmptyView() }
    public func frame(width: CGFloat? = nil, height: CGFloat? = nil) -> some View { EmptyView() }
    public func frame(
        maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil, maxHeight: CGFloat? = nil, alignment: Alignment = .center
    ) -> some View { EmptyView() }
    public func id<I: Hashable>(_ id: I) -> some View { EmptyView() }
    public func scaledToFit() -> some View { EmptyView() }
    public func disabled(_ disabled: Bool) -> some View { EmptyView() }
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { EmptyView() }
    public func keyboardType(_ type: KeyboardType) -> some View { EmptyView() }
    public func textInputAutocapitalization(_ kind: TextInputAutocapitalization?) -> some View { EmptyView() }
    public func autocorrectionDisabled(_ disabled: Bool = true) -> some View { EmptyView() }
    public func navigationTitle<S: StringProtocol>(_ title: S) -> some View { EmptyView() }
    public func navigationDestination<D: Hashable, C: View>(
        for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
    ) -> some View { EmptyView() }
    public func safeAreaInset<C: View>(edge: VerticalEdge, @ViewBuilder content: () -> C) -> some View { EmptyView() }
    public func confirmationDialog<S: StringProtocol, A: View>(
        _ title: S, isPresented: Binding<Bool>, titleVisibility: Visibility, @ViewBuilder actions: () -> A
    ) -> some View { EmptyView() }
    public func gesture(_ gesture: DragGesture) -> some View { EmptyView() }
    public func preferredColorScheme(_ scheme: ColorScheme?) -> some View { EmptyView() }
    public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View { EmptyView() }
    public func accessibilityHidden(_ hidden: Bool) -> some View { EmptyView() }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { EmptyView() }
    public func task(@_inheritActorContext _ action: @escaping @Sendable () async -> Void) -> some View { EmptyView() }
    public func onAppear(perform action: (() -> Void)? = nil) -> some View { EmptyView() }
    public func onDisappear(perform action: (() -> Void)? = nil) -> some View { EmptyView() }
    public func onOpenURL(perform action: @escaping (URL) -> Void) -> some View { EmptyView() }
    public func onChange<V: Equatable>(of value: V, _ action: @escaping (V, V) -> Void) -> some View { EmptyView() }
    public func onChange<V: Equatable>(of value: V, _ action: @escaping () -> Void) -> some View { EmptyView() }
    public func overlay<C: View>(@ViewBuilder content: () -> C) -> some View { EmptyView() }
}
