using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Kiwire.Snmp;

/// <summary>The names of MIB modules and their object identifiers, as a <see cref="MibReader"/> has put them together. Safe for concurrent use.</summary>
public sealed class MibRepository
{
    private static readonly Lazy<MibRepository> Base = new(() => new MibReader().Build());

    private readonly Dictionary<string, MibNode> _byFullName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MibNode?> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectId, MibNode> _byId = [];

    internal MibRepository(IReadOnlyList<string> modules, IReadOnlyList<MibNode> nodes)
    {
        Modules = modules;
        Nodes = nodes;
        foreach (MibNode node in nodes)
        {
            _byFullName[node.FullName] = node;

            // A name that stands for two things needs its module.
            _byName[node.Name] = !_byName.TryGetValue(node.Name, out MibNode? same) || same?.Id == node.Id ? node : null;
            if (!_byId.TryGetValue(node.Id, out MibNode? other) || (other.Syntax is null && node.Syntax is not null))
            {
                _byId[node.Id] = node;
            }
        }
    }

    /// <summary>The modules of the RFCs that come with the library: SNMPv2-SMI, SNMPv2-TC, SNMPv2-MIB, IF-MIB, HOST-RESOURCES-MIB and others.</summary>
    public static MibRepository BuiltIn => Base.Value;

    /// <summary>The modules' names, in order.</summary>
    public IReadOnlyList<string> Modules { get; }

    /// <summary>All names.</summary>
    public IReadOnlyList<MibNode> Nodes { get; }

    /// <summary>Finds IF-MIB::ifInOctets, or ifInOctets where only one module has the name. False: it is not there, or several have it.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out MibNode? node)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains("::", StringComparison.Ordinal) ? _byFullName.TryGetValue(name, out node) : _byName.TryGetValue(name, out node) && node is not null;
    }

    /// <summary>Finds what an object identifier is: itself or the nearest above it.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="node">What is nearest.</param>
    /// <param name="instance">What follows it, which is mostly an instance.</param>
    public bool TryFind(ObjectId id, [NotNullWhen(true)] out MibNode? node, out ObjectId instance)
    {
        for (int length = id.Length; length > 0; length--)
        {
            if (_byId.TryGetValue(new ObjectId(id.SubIdentifiers[..length]), out node))
            {
                instance = new ObjectId(id.SubIdentifiers[length..]);
                return true;
            }
        }

        node = null;
        instance = default;
        return false;
    }

    /// <summary>Reads IF-MIB::ifInOctets.3, sysUpTime.0 or 1.3.6.1.2.1.1.3.0. False: the name is not known, or what follows it is no instance.</summary>
    public bool TryParse(string text, out ObjectId id)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (ObjectId.TryParse(text, out id))
        {
            return true;
        }

        int colons = text.IndexOf("::", StringComparison.Ordinal);
        int dot = text.IndexOf('.', Math.Max(colons, 0));
        if (!TryFind(dot < 0 ? text : text[..dot], out MibNode? node))
        {
            return false;
        }

        id = node.Id;
        return dot < 0 || TryAppend(ref id, text[(dot + 1)..]);
    }

    /// <summary>IF-MIB::ifInOctets.3, or the numbers where no name is known.</summary>
    public string NameOf(ObjectId id)
    {
        if (!TryFind(id, out MibNode? node, out ObjectId instance))
        {
            return id.ToString();
        }

        StringBuilder name = new(node.FullName);
        foreach (uint subIdentifier in instance.SubIdentifiers)
        {
            name.Append(CultureInfo.InvariantCulture, $".{subIdentifier}");
        }

        return name.ToString();
    }

    private static bool TryAppend(ref ObjectId id, string instance)
    {
        string[] parts = instance.Split('.');
        uint[] numbers = new uint[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!uint.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        if (id.Length + numbers.Length > ObjectId.MaximumLength)
        {
            return false;
        }

        id = id.Append(numbers);
        return true;
    }
}
