using Kiwire.Snmp;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>What becomes of a value.</summary>
internal enum PollKind
{
    /// <summary>A number that is as it is.</summary>
    Gauge,

    /// <summary>A number that goes up; its rate is kept.</summary>
    Counter,

    /// <summary>A text; the last is kept.</summary>
    Text,
}

/// <summary>One thing that is read of a device.</summary>
internal abstract class PollMetric
{
    /// <summary>Set and metric: <c>if-mib.inBits</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>What is read: a scalar's instance, or a column.</summary>
    public required PollObject Source { get; init; }

    public ObjectId Oid => Source.Oid;

    public required PollKind Kind { get; init; }

    /// <summary>Of the number that is kept, which for a counter is a rate; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What a number is multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What the numbers of a text stand for; a number that is not there is its own text.</summary>
    public IReadOnlyDictionary<long, string> Words { get; init; } = NoWords;

    /// <summary>Whether it counts octets of traffic, which the row's speed bounds.</summary>
    public bool CountsBits => Kind == PollKind.Counter && Unit == "bit/s";

    private static readonly Dictionary<long, string> NoWords = [];
}

/// <summary>A single value.</summary>
internal sealed class PollScalar : PollMetric;

/// <summary>A value in each row of a table.</summary>
internal sealed class PollColumn : PollMetric
{
    /// <summary>Of the units and powers that are not known, such as the highest of RFC 3433's EntitySensorDataScale.</summary>
    private const int UnitsScale = 9;

    /// <summary>The column to read where the agent does not have the first: that of 32 bits.</summary>
    public PollObject? Instead { get; init; }

    /// <summary>What numbers of <see cref="Instead"/> are multiplied by.</summary>
    public double InsteadScale { get; init; } = 1;

    /// <summary>The column that each row's number is multiplied by besides, such as a storage's allocation units.</summary>
    public PollObject? Times { get; init; }

    /// <summary>Where each row says what unit it has.</summary>
    public PollRowUnit? RowUnit { get; init; }

    /// <summary>Where each row says where its decimal point is.</summary>
    public PollDecimals? Decimals { get; init; }

    /// <summary>The columns whose numbers <see cref="FactorOf"/> and <see cref="UnitOf"/> ask for.</summary>
    public IEnumerable<PollObject> Besides
    {
        get
        {
            PollObject?[] all = [Times, RowUnit?.Column, Decimals?.Scale, Decimals?.Precision];
            return all.OfType<PollObject>();
        }
    }

    /// <summary>What a row's number is multiplied by; null where the row does not say it, and so has no value.</summary>
    /// <param name="isInstead">Whether the number is <see cref="Instead"/>'s.</param>
    /// <param name="row">The number that a column has in the same row; null: none.</param>
    public double? FactorOf(bool isInstead, Func<ObjectId, long?> row)
    {
        double? factor = isInstead ? InsteadScale : Scale;
        if (Times is { } times)
        {
            factor *= row(times.Oid);
        }

        if (RowUnit is { } rowUnit)
        {
            factor *= row(rowUnit.Column.Oid) is { } type && rowUnit.Units.TryGetValue(type, out PollUnit unit) ? unit.Scale : null;
        }

        return Decimals is { } decimals ? factor * PowerOf(row(decimals.Scale.Oid), row(decimals.Precision.Oid)) : factor;
    }

    /// <summary>What unit a row's number has.</summary>
    /// <param name="row">The number that a column has in the same row; null: none.</param>
    public string UnitOf(Func<ObjectId, long?> row) =>
        RowUnit is { } rowUnit && row(rowUnit.Column.Oid) is { } type && rowUnit.Units.TryGetValue(type, out PollUnit unit) ? unit.Unit : Unit;

    /// <summary>RFC 3433: scale 9 is units, 10 thousands, 8 thousandths; precision is how many decimals the number has, below 0 how many digits are not known.</summary>
    private static double? PowerOf(long? scale, long? precision) => scale is >= 1 and <= 17 && precision is >= -8 and <= 9
        ? Math.Pow(1000, scale.Value - UnitsScale) * Math.Pow(10, -Math.Max(precision.Value, 0))
        : null;
}

/// <summary>A column that says which unit a row has.</summary>
internal sealed record PollRowUnit(PollObject Column, IReadOnlyDictionary<long, PollUnit> Units);

/// <summary>A unit, and what numbers are multiplied by to have it.</summary>
internal readonly record struct PollUnit(string Unit, double Scale);

/// <summary>The columns that say where a row's decimal point is (RFC 3433: EntitySensorDataScale, EntitySensorPrecision).</summary>
internal sealed record PollDecimals(PollObject Scale, PollObject Precision);
