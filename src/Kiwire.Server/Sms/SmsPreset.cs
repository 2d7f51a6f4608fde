using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Sms;

/// <summary>A gateway that speaks the generic form, described as data: an operator fills in its fields.</summary>
internal sealed record SmsPreset
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<SmsPresetField> Fields { get; init; } = [];

    public required GenericShape Shape { get; init; }
}

/// <summary>What an operator fills in; the shape has its name in braces where the value goes.</summary>
internal sealed record SmsPresetField
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Encrypted, and never shown.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether there must be a value.</summary>
    public bool Required { get; init; }

    /// <summary>Used where none is given.</summary>
    public string Default { get; init; } = "";

    public string Description { get; init; } = "";
}

/// <summary>The presets that there are, by name without regard to case.</summary>
internal sealed class SmsPresetCatalog(IReadOnlyList<SmsPreset> presets)
{
    private readonly Dictionary<string, SmsPreset> _byName = presets.ToDictionary(preset => preset.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>By name.</summary>
    public IReadOnlyList<SmsPreset> Presets { get; } = [.. presets.OrderBy(preset => preset.Name, StringComparer.Ordinal)];

    public bool TryGet(string name, [NotNullWhen(true)] out SmsPreset? preset) => _byName.TryGetValue(name.Trim(), out preset);
}
