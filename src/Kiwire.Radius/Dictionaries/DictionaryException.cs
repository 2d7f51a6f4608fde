namespace Kiwire.Radius.Dictionaries;

/// <summary>A dictionary could not be loaded. The message has the first mistakes, one a line; <see cref="Errors"/> has them all.</summary>
public sealed class DictionaryException : Exception
{
    private const int Shown = 20;

    /// <summary>An exception for the mistakes found in a load; there is at least one.</summary>
    public DictionaryException(IReadOnlyList<DictionaryError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>The mistakes in the order in which they were met.</summary>
    public IReadOnlyList<DictionaryError> Errors { get; }

    private static string Describe(IReadOnlyList<DictionaryError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        string text = string.Join('\n', errors.Take(Shown));
        return errors.Count > Shown ? $"{text}\n... and {errors.Count - Shown} more." : text;
    }
}
