using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Network;

/// <summary>The NAS types that there are, by name and alias; names compare without regard to case.</summary>
internal sealed class NasTypeCatalog
{
    /// <summary>The type that is always there.</summary>
    public const string GenericName = "generic";

    private readonly Dictionary<string, NasType> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A catalogue of these; one that comes later takes the place of an earlier one's names.</summary>
    public NasTypeCatalog(IReadOnlyList<NasType> types)
    {
        foreach (NasType type in types)
        {
            foreach (string alias in type.Aliases)
            {
                _byName[alias] = type;
            }
        }

        // A name is stronger than an alias.
        foreach (NasType type in types)
        {
            _byName[type.Name] = type;
        }

        Generic = TryGet(GenericName, out NasType? generic) ? generic : new NasType { Name = GenericName };
        Types = [.. _byName.Values.Distinct().OrderBy(type => type.Name, StringComparer.Ordinal)];
        Names = [.. _byName.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>What equipment of no known maker is treated as.</summary>
    public NasType Generic { get; }

    /// <summary>All types that a name stands for, by name.</summary>
    public IReadOnlyList<NasType> Types { get; }

    /// <summary>All names and aliases.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool TryGet(string name, [NotNullWhen(true)] out NasType? type) => _byName.TryGetValue(name.Trim(), out type);
}
