import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

const MUTATION = 10

/**
 * What a query may cost at most, by the rules that Shopify documents: an object 1 point, a connection 2 and its entries, scalars nothing, a mutation 10.
 * Shopify's own figures may be lower [I], so that nothing should depend on an exact one.
 */
export function requestedCost(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): number {
  return new CostOf(schema, document, variables).operation()
}

/** What an answer has cost: its objects. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, one) => sum + actualCost(one), 0)
  if (typeof data !== 'object' || data === null) return 0
  return Object.values(data).reduce((sum: number, one) => sum + actualCost(one), 1)
}

class CostOf {
  private readonly schema: GraphQLSchema
  private readonly document: DocumentNode
  private readonly variables: Record<string, unknown>

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>) {
    this.schema = schema
    this.document = document
    this.variables = variables
  }

  operation(): number {
    const operation = this.document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION)
    if (operation === undefined) return 0
    const isMutation = operation.operation === 'mutation'
    const root = isMutation ? this.schema.getMutationType() : this.schema.getQueryType()
    if (root == null) return 0
    return this.selection(operation.selectionSet, root) + (isMutation ? MUTATION : 0)
  }

  private selection(selectionSet: SelectionSetNode | undefined, parent: GraphQLCompositeType): number {
    let cost = 0
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) cost += this.isIncluded(selection) ? this.field(selection, parent) : 0
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition === undefined ? parent : this.schema.getType(selection.typeCondition.name.value)
        cost += isCompositeType(type) ? this.selection(selection.selectionSet, type) : 0
      } else {
        const name = selection.name.value
        const fragment = this.document.definitions.find((one): one is FragmentDefinitionNode => {
          return one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name
        })
        cost += this.selection(fragment?.selectionSet, parent)
      }
    }
    return cost
  }

  private field(field: FieldNode, parent: GraphQLCompositeType): number {
    const definition = 'getFields' in parent ? parent.getFields()[field.name.value] : undefined
    const type = definition === undefined ? undefined : getNamedType(definition.type)
    if (definition === undefined || isLeafType(type) || !isCompositeType(type)) return 0
    if (isObjectType(type) && type.name.endsWith('Connection')) return 2 + this.size(field) * this.entry(field, type)
    const isList = isListType(getNullableType(definition.type))
    return (isList ? this.size(field) : 1) * (1 + this.selection(field.selectionSet, type))
  }

  /** The cost of one entry of a connection. */
  private entry(field: FieldNode, connection: GraphQLCompositeType): number {
    let cost = 0
    for (const selection of field.selectionSet?.selections ?? []) {
      if (selection.kind !== Kind.FIELD || !['nodes', 'edges'].includes(selection.name.value)) continue
      cost += this.field({ ...selection, arguments: [] }, connection)
    }
    return Math.max(1, cost)
  }

  /** How many entries a list may have at most. A list without a limit counts as one, because nobody knows. */
  private size({ arguments: given }: FieldNode): number {
    for (const name of ['first', 'ids']) {
      const value = this.valueOf(given?.find((one) => one.name.value === name)?.value)
      if (typeof value === 'number') return value
      if (Array.isArray(value)) return value.length
    }
    return 1
  }

  private isIncluded({ directives }: FieldNode): boolean {
    const include = directives?.find(({ name }) => name.value === 'include')
    return include === undefined || this.valueOf(include.arguments?.[0]?.value) === true
  }

  private valueOf(value: ValueNode | undefined): unknown {
    if (value?.kind === Kind.VARIABLE) return this.variables[value.name.value]
    return value?.kind === Kind.INT ? Number(value.value) : undefined
  }
}
